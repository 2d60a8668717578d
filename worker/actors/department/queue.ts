// A department's queue in memory, in its order. The storage keeps it; this makes reading it cost nothing.

import { inQueueOrder, type QueueEntry } from '#shared/department.ts';
import type { ConversationId } from '#shared/ids.ts';

export class Queue implements Iterable<QueueEntry> {
  readonly #ordered: QueueEntry[];
  readonly #byId: Map<ConversationId, QueueEntry>;

  /** @param entries in no order */
  constructor(entries: readonly QueueEntry[]) {
    this.#ordered = entries.toSorted(inQueueOrder);
    this.#byId = new Map(entries.map((entry) => [entry.conversationId, entry]));
  }

  get length(): number {
    return this.#ordered.length;
  }

  [Symbol.iterator](): Iterator<QueueEntry> {
    return this.#ordered[Symbol.iterator]();
  }

  first(count: number): QueueEntry[] {
    return this.#ordered.slice(0, count);
  }

  get(id: ConversationId): QueueEntry | undefined {
    return this.#byId.get(id);
  }

  /** @param position from 1 */
  at(position: number): QueueEntry | undefined {
    return this.#ordered[position - 1];
  }

  /** From 1; null for one that does not wait here. */
  positionOf(id: ConversationId): number | null {
    const entry = this.#byId.get(id);
    return entry ? this.#indexOf(entry) + 1 : null;
  }

  put(entry: QueueEntry): void {
    this.remove(entry.conversationId);
    this.#ordered.splice(this.#indexOf(entry), 0, entry);
    this.#byId.set(entry.conversationId, entry);
  }

  remove(id: ConversationId): void {
    const entry = this.#byId.get(id);
    if (!entry) return;
    this.#ordered.splice(this.#indexOf(entry), 1);
    this.#byId.delete(id);
  }

  /** Where it stands, or would stand. */
  #indexOf(entry: QueueEntry): number {
    let low = 0;
    let high = this.#ordered.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const there = this.#ordered[middle];
      if (
        there &&
        there.conversationId !== entry.conversationId &&
        inQueueOrder(there, entry) < 0
      ) {
        low = middle + 1;
      } else high = middle;
    }
    return low;
  }
}
