// How far each side of a conversation has read, and what this page says of its own.

import type { ConversationEvent, MessageSent } from '#shared/conversation/events.ts';
import { NO_MARKS, type Mark, type Marks } from '#shared/conversation/signals.ts';

/** Which side of the conversation a page is. */
export type Side = 'visitor' | 'agent';

const NOTHING: Mark = { delivered: 0, seen: 0 };

export class ReadReceipts {
  readonly #side: Side;
  readonly #tell: (mark: Mark) => void;
  #marks = $state.raw<Marks>(NO_MARKS);
  #seenUpTo = $state.raw(0);
  #said = NOTHING;

  constructor(side: Side, tell: (mark: Mark) => void) {
    this.#side = side;
    this.#tell = tell;
  }

  get marks() {
    return this.#marks;
  }

  /** Messages of the other side that have not been in front of the reader's eyes. */
  unreadOf(events: readonly ConversationEvent[]): number {
    // Not a $derived: that would end with the component in which the store happened to be made.
    const seen = Math.max(this.#marks[this.#side].seen, this.#seenUpTo);
    let count = 0;
    for (let i = events.length - 1; i >= 0; i--) {
      const event = events[i];
      if (!event || event.seq <= seen) break;
      if (this.isTheirs(event)) count++;
    }
    return count;
  }

  isTheirs(event: ConversationEvent): event is MessageSent {
    return event.type === 'message.sent' && event.by.kind !== this.#side;
  }

  hear(marks: Marks): void {
    this.#marks = marks;
  }

  /** Everything up to `seq` has been in front of the reader's eyes. */
  see(seq: number): void {
    this.#seenUpTo = seq;
  }

  /** Over a new line nothing has been said. */
  forgetSaid(): void {
    this.#said = NOTHING;
  }

  /** Tells how far things have got, unless it was told before. */
  say(delivered: number): void {
    const seen = this.#seenUpTo;
    if (delivered === this.#said.delivered && seen === this.#said.seen) return;
    this.#said = { delivered, seen };
    this.#tell(this.#said);
  }
}
