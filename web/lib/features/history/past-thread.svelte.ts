// A conversation that is read again beside the one that is open: its thread, and what is searched in it.

import type { ConversationEvent } from '#shared/conversation/events.ts';
import type { MessageSent } from '#shared/conversation/message-events.ts';
import type { ConversationId } from '#shared/ids.ts';
import { folded } from '#shared/text.ts';
import { AFTER_ALL, eventsBefore } from '#web/lib/live/events-before.ts';

/** What is shorter finds too much. */
export const SEARCH_CHARACTERS = 2;

export class PastThread {
  readonly id: ConversationId;
  #events = $state.raw<readonly ConversationEvent[]>([]);
  #hasEarlier = $state.raw(true);
  #status = $state.raw<'loading' | 'known' | 'failed'>('loading');
  #query = $state.raw('');

  constructor(id: ConversationId) {
    this.id = id;
  }

  get events(): readonly ConversationEvent[] {
    return this.#events;
  }
  get hasEarlier(): boolean {
    return this.#hasEarlier;
  }
  get status() {
    return this.#status;
  }

  /** One more page of what was said before. */
  async load(): Promise<void> {
    if (!this.#hasEarlier) return;
    this.#status = 'loading';
    try {
      const page = await eventsBefore(this.id, this.#events[0]?.seq ?? AFTER_ALL);
      this.#events = [...page.events, ...this.#events];
      this.#hasEarlier = page.hasEarlier;
      this.#status = 'known';
    } catch {
      this.#status = 'failed';
    }
  }

  get query(): string {
    return this.#query;
  }

  get isSearching(): boolean {
    return this.#query.trim().length >= SEARCH_CHARACTERS;
  }

  /** Looks through all of it, as it is typed. */
  async search(query: string): Promise<void> {
    this.#query = query;
    while (this.isSearching && this.#hasEarlier && this.#status === 'known') await this.load();
  }

  /** Messages with what is searched, the latest first. */
  get found(): readonly MessageSent[] {
    const wanted = folded(this.#query.trim());
    return this.#events
      .filter((event) => event.type === 'message.sent')
      .filter(({ body }) => folded(body.text).includes(wanted))
      .reverse();
  }
}
