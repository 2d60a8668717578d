// The conversations before the present one, so that to the visitor it is one thread without an end.

import type { EventsPage } from '#shared/api.ts';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import type { ConversationId } from '#shared/ids.ts';
import type { ConversationStore } from '#web/lib/live/conversation-store.svelte.ts';

interface PastConversation extends EventsPage {
  id: ConversationId;
}

/** No log gets this long: the page before it is the last one. */
const AFTER_ALL = 1e12;

type FetchPage = (id: ConversationId, before: number) => Promise<EventsPage>;

export class EarlierMessages {
  readonly #fetchPage: FetchPage;
  #conversations = $state.raw<readonly PastConversation[]>([]);
  /** Something before could not be had; it is not asked for again. */
  #isOver = $state.raw(false);

  constructor(fetchPage: FetchPage) {
    this.#fetchPage = fetchPage;
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

  canLoadBefore(live: ConversationStore): boolean {
    const first = this.#conversations[0] ?? live;
    return !this.#isOver && (first.hasEarlier || previousOf(first.events) !== null);
  }

  async loadBefore(live: ConversationStore): Promise<void> {
    const first = this.#conversations[0];
    try {
      if (first?.hasEarlier) await this.#extend(first);
      else if (!first && live.hasEarlier) await live.loadEarlier();
      else await this.#prepend(previousOf((first ?? live).events));
    } catch {
      this.#isOver = navigator.onLine;
    }
  }

  async #extend(first: PastConversation): Promise<void> {
    const page = await this.#fetchPage(first.id, first.events[0]?.seq ?? 0);
    const extended = { ...first, ...page, events: [...page.events, ...first.events] };
    this.#conversations = this.#conversations.map((other) => (other === first ? extended : other));
  }

  async #prepend(id: ConversationId | null): Promise<void> {
    if (!id || this.#conversations.some((other) => other.id === id)) return;
    const page = await this.#fetchPage(id, AFTER_ALL);
    this.#conversations = [{ id, ...page }, ...this.#conversations];
  }
}

function previousOf(events: readonly ConversationEvent[]): ConversationId | null {
  const first = events[0];
  return first?.type === 'conversation.opened' ? first.previousId : null;
}
