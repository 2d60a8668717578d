// The conversations before the current one, so that to the visitor it is one thread without an end.

import type { ConversationEvent } from '#shared/conversation/events.ts';
import { eventsBody, type EventsPage } from '#shared/conversation/events-page.ts';
import type { ConversationId } from '#shared/ids.ts';
import type { ConversationStore } from '#web/lib/live/conversation-store.svelte.ts';
import type { Environment } from '#web/lib/live/environment.ts';
import { statusOf, TOO_MUCH, type VisitorApi } from './visitor-api.ts';
import type { VisitorIdentity } from './visitor-identity.ts';

interface EarlierConversation extends EventsPage {
  id: ConversationId;
}

/** No log gets this long: the page before it is the last one. */
const AFTER_ALL = 1e12;

export class EarlierMessages {
  readonly #api: VisitorApi;
  readonly #visitor: VisitorIdentity;
  readonly #environment: Pick<Environment, 'isOnline'>;
  #conversations = $state.raw<readonly EarlierConversation[]>([]);
  /** Something before could not be had; it is not asked for again. */
  #isOver = $state.raw(false);

  constructor(
    api: VisitorApi,
    visitor: VisitorIdentity,
    environment: Pick<Environment, 'isOnline'>,
  ) {
    this.#api = api;
    this.#visitor = visitor;
    this.#environment = environment;
  }

  /** Oldest first. */
  get conversations() {
    return this.#conversations;
  }

  add({ id, events, hasEarlier }: ConversationStore): void {
    this.#conversations = [...this.#conversations, { id, events: [...events], hasEarlier }];
  }

  clear(): void {
    this.#conversations = [];
    this.#isOver = false;
  }

  canLoadBefore(current: ConversationStore): boolean {
    const first = this.#conversations[0] ?? current;
    return !this.#isOver && (first.hasEarlier || previousOf(first.events) !== null);
  }

  async loadBefore(current: ConversationStore): Promise<void> {
    const first = this.#conversations[0];
    try {
      if (first?.hasEarlier) await this.#extend(first);
      else if (!first && current.hasEarlier) await current.loadEarlier();
      else await this.#prepend(previousOf((first ?? current).events));
    } catch (error) {
      const isLater = statusOf(error) === TOO_MUCH;
      this.#isOver = !isLater && this.#environment.isOnline();
    }
  }

  async #extend(first: EarlierConversation): Promise<void> {
    const page = await this.page(first.id, first.events[0]?.seq ?? 0);
    const extended = { ...first, ...page, events: [...page.events, ...first.events] };
    this.#conversations = this.#conversations.map((other) => (other === first ? extended : other));
  }

  async #prepend(id: ConversationId | null): Promise<void> {
    if (!id || this.#conversations.some((other) => other.id === id)) return;
    const page = await this.page(id, AFTER_ALL);
    this.#conversations = [{ id, ...page }, ...this.#conversations];
  }

  /** Of a conversation of this visitor. */
  page(id: ConversationId, before: number): Promise<EventsPage> {
    return this.#api.ask(eventsBody, `/api/conversations/${id}/events?before=${before}`, {
      headers: { authorization: `Bearer ${this.#visitor.useToken()}` },
    });
  }
}

function previousOf(events: readonly ConversationEvent[]): ConversationId | null {
  const first = events[0];
  return first?.type === 'conversation.opened' ? first.previousId : null;
}
