// Where the reader of a thread was taken: to a message, which may be far above what is loaded. Then the thread shows the
// part of the log around it, which grows at both ends until it meets what is loaded.

import { createContext } from 'svelte';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import { EVENTS_PER_PAGE } from '#shared/conversation/snapshot.ts';
import type { TalkLog } from './talk-log.ts';

/** The message to show, and what is marked in it. */
export interface JumpTarget {
  readonly seq: number;
  readonly texts: readonly string[];
  readonly takesFocus?: boolean;
}

interface Excerpt {
  readonly events: readonly ConversationEvent[];
  readonly hasEarlier: boolean;
}

/** So little of the log is loaded to what is there, and nothing is left out. */
const NEAR_EVENTS = 2 * EVENTS_PER_PAGE;

type Store = Pick<TalkLog, 'events' | 'hasEarlier' | 'loadEarlier' | 'pageBefore' | 'join'>;

export class Jump {
  readonly #conversation: Store;
  #excerpt = $state.raw<Excerpt | null>(null);
  #target = $state.raw<JumpTarget | null>(null);

  constructor(conversation: Store) {
    this.#conversation = conversation;
  }

  /** Replaced by each jump, also to the same message. */
  get target() {
    return this.#target;
  }
  get events(): readonly ConversationEvent[] {
    return this.#excerpt?.events ?? this.#conversation.events;
  }
  get hasEarlier(): boolean {
    return this.#excerpt?.hasEarlier ?? this.#conversation.hasEarlier;
  }
  /** Whether the thread ends before the present. */
  get isAway(): boolean {
    return this.#excerpt !== null;
  }

  /** @throws when what is around it can't be loaded */
  async to(target: JumpTarget): Promise<void> {
    if (!this.#has(target.seq)) await this.#load(target.seq);
    this.#target = { ...target };
  }

  /** To the present, where the thread goes on. */
  back(): void {
    this.#excerpt = null;
    this.#target = null;
  }

  /** The reader stays where they are, and nothing is marked. */
  unmark(): void {
    this.#target = null;
  }

  async loadEarlier(): Promise<void> {
    const excerpt = this.#excerpt;
    if (!excerpt) return this.#conversation.loadEarlier();
    const [first] = excerpt.events;
    if (!first || !excerpt.hasEarlier) return;
    const page = await this.#conversation.pageBefore(first.seq);
    this.#replace(excerpt, [...page.events, ...excerpt.events], page.hasEarlier);
  }

  async loadLater(): Promise<void> {
    const excerpt = this.#excerpt;
    const last = excerpt?.events.at(-1);
    if (!excerpt || !last) return;
    const page = await this.#conversation.pageBefore(last.seq + 1 + EVENTS_PER_PAGE);
    const later = page.events.filter(({ seq }) => seq > last.seq);
    this.#replace(excerpt, [...excerpt.events, ...later], excerpt.hasEarlier);
  }

  async #load(seq: number): Promise<void> {
    const conversation = this.#conversation;
    const first = () => conversation.events[0]?.seq ?? 0;
    if (first() - seq <= NEAR_EVENTS) {
      this.#excerpt = null;
      while (first() > seq && conversation.hasEarlier) await conversation.loadEarlier();
      return;
    }
    const { events, hasEarlier } = await conversation.pageBefore(seq + EVENTS_PER_PAGE / 2);
    this.#excerpt = { events, hasEarlier };
  }

  /** @param excerpt as it was when this was asked for: another jump may have come first */
  #replace(excerpt: Excerpt, events: readonly ConversationEvent[], hasEarlier: boolean): void {
    if (this.#excerpt !== excerpt) return;
    const meets = (events.at(-1)?.seq ?? 0) + 1 >= (this.#conversation.events[0]?.seq ?? 0);
    if (meets) this.#conversation.join(events, hasEarlier);
    this.#excerpt = meets ? null : { events, hasEarlier };
  }

  #has(seq: number): boolean {
    const { events } = this;
    return (events[0]?.seq ?? Infinity) <= seq && seq <= (events.at(-1)?.seq ?? 0);
  }
}

export const [getJump, setJump] = createContext<Jump>();
