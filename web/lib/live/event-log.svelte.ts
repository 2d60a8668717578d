// What the desk has told of a conversation: its events, and what they fold to.

import type { EventsPage } from '#shared/api.ts';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import { evolve } from '#shared/conversation/evolve.ts';
import type { ConversationSnapshot } from '#shared/conversation/snapshot.ts';
import { NEW_CONVERSATION, type ConversationState } from '#shared/conversation/state.ts';
import type { CommandId } from '#shared/ids.ts';

/** Fetches the page of events that ends before `seq`. */
export type FetchEarlier = (before: number) => Promise<EventsPage>;

export class EventLog {
  readonly #fetchEarlier: FetchEarlier;
  #state = $state.raw<ConversationState>(NEW_CONVERSATION);
  #events = $state.raw<readonly ConversationEvent[]>([]);
  #hasEarlier = $state.raw(false);
  #seq = $state.raw<number | null>(null);

  constructor(fetchEarlier: FetchEarlier) {
    this.#fetchEarlier = fetchEarlier;
  }

  get state() {
    return this.#state;
  }
  /** In order; gapless from the first one on. */
  get events() {
    return this.#events;
  }
  get hasEarlier() {
    return this.#hasEarlier;
  }
  /** Of the last event that has arrived. Null until the desk has told what there is. */
  get seq() {
    return this.#seq;
  }

  has(id: CommandId): boolean {
    return this.#events.some((event) => event.id === id);
  }

  /** Starts again with what the server has. */
  replace(
    { state, seq, hasEarlier }: Pick<ConversationSnapshot, 'state' | 'seq' | 'hasEarlier'>,
    events: readonly ConversationEvent[],
  ): void {
    this.#state = state;
    this.#hasEarlier = hasEarlier;
    this.#events = events;
    this.#seq = seq;
  }

  /** Answers with those that were not there yet. */
  append(events: readonly ConversationEvent[], upTo: number): readonly ConversationEvent[] {
    const have = this.#seq ?? 0;
    const fresh = events.filter(({ seq }) => seq > have);
    this.#seq = Math.max(have, upTo);
    if (fresh.length === 0) return fresh;
    this.#events = [...this.#events, ...fresh];
    this.#state = fresh.reduce(evolve, this.#state);
    return fresh;
  }

  /** The desk's own fold is the one that counts. */
  settle(state: ConversationState): void {
    this.#state = state;
  }

  async loadEarlier(): Promise<void> {
    const first = this.#events[0];
    if (!first || !this.#hasEarlier) return;
    const page = await this.#fetchEarlier(first.seq);
    if (this.#events[0] !== first) return; // A reset came in between.
    this.#events = [...page.events, ...this.#events];
    this.#hasEarlier = page.hasEarlier;
  }
}
