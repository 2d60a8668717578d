// The conversations of the same contact before the one that is open, so that to the agent it is one thread. They come
// from the index, which knows whose they are; what the visitor's client says of it is not believed.

import type { ConversationEvent } from '#shared/conversation/events.ts';
import type { ContactId, ConversationId } from '#shared/ids.ts';
import { fetchPastConversations } from './contact-requests.ts';
import { AFTER_ALL, eventsBefore } from './events-before.ts';

/** Of the conversation that is open. */
export interface Present {
  readonly conversationId: ConversationId;
  readonly contactId: ContactId;
  readonly openedAt: number;
}

interface Earlier {
  readonly id: ConversationId;
  readonly events: readonly ConversationEvent[];
  readonly hasEarlier: boolean;
}

export class EarlierConversations {
  readonly #present: Present;
  #conversations = $state.raw<readonly Earlier[]>([]);
  /** Those that are still to come, the latest first. */
  #waiting = $state.raw<readonly ConversationId[]>([]);
  /** Where the list goes on; null: it has ended. */
  #after = $state.raw<string | null>(null);
  #isFound = false;

  constructor(present: Present) {
    this.#present = present;
  }

  /** Oldest first. */
  get conversations(): readonly Earlier[] {
    return this.#conversations;
  }

  get canLoad(): boolean {
    const isInside = this.#conversations[0]?.hasEarlier ?? false;
    return isInside || this.#waiting.length > 0 || this.#after !== null;
  }

  /** Finds out once whether there are any. Throws when the server could not be asked. */
  async find(): Promise<void> {
    if (this.#isFound) return;
    this.#isFound = true;
    try {
      await this.#list(`${this.#present.openedAt}.${this.#present.conversationId}`);
    } catch (error) {
      this.#isFound = false;
      throw error;
    }
  }

  /** One more page above what there is. Throws when it could not be had. */
  async load(): Promise<void> {
    const [first, ...later] = this.#conversations;
    if (first?.hasEarlier) {
      const page = await eventsBefore(first.id, first.events[0]?.seq ?? 0);
      const events = [...page.events, ...first.events];
      this.#conversations = [{ ...first, ...page, events }, ...later];
      return;
    }
    if (this.#waiting.length === 0 && this.#after !== null) await this.#list(this.#after);
    const [id, ...rest] = this.#waiting;
    if (id === undefined) return;
    const page = await eventsBefore(id, AFTER_ALL);
    this.#waiting = rest;
    this.#conversations = [{ id, ...page }, ...this.#conversations];
  }

  async #list(after: string): Promise<void> {
    const outcome = await fetchPastConversations(this.#present, after);
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    const { conversations, next } = outcome.value;
    // One that is still open elsewhere goes on there.
    const ended = conversations.filter(({ status }) => status === 'closed');
    this.#waiting = [...this.#waiting, ...ended.map(({ conversationId }) => conversationId)];
    this.#after = next;
  }
}
