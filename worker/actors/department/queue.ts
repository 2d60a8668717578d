// A department's queue, in its order. In memory are only the first of those who wait, as many as are shown and routed;
// the storage has all, and is read on when they run out. So waking and taking cost the same however many wait.

import { inQueueOrder, QUEUE_IN_SIGHT, type QueueEntry } from '#shared/department.ts';
import type { ConversationId, VisitorId } from '#shared/ids.ts';

/** A conversation, and whose it is. */
export interface ConversationKey {
  readonly conversationId: ConversationId;
  readonly visitorId: VisitorId | null;
}

/** All that waits, as the storage has it. */
export interface StoredQueue {
  length: () => number;
  get: (key: ConversationKey) => QueueEntry | undefined;
  /** @param after null: from the first on */
  page: (after: QueueEntry | null, limit: number) => QueueEntry[];
  /** How many wait behind it. */
  behind: (entry: QueueEntry) => number;
}

/** How many are kept in memory: at most, and before the storage is read on. */
const KEPT = { most: 2 * QUEUE_IN_SIGHT, least: QUEUE_IN_SIGHT };
const READ_ON = 100;

export class Queue implements Iterable<QueueEntry> {
  readonly #stored: StoredQueue;
  readonly #kept: typeof KEPT;
  /** The first of all that waits. */
  readonly #first: QueueEntry[];
  readonly #byId: Map<ConversationId, QueueEntry>;
  #length: number;

  constructor(stored: StoredQueue, kept = KEPT) {
    this.#stored = stored;
    this.#kept = kept;
    this.#first = stored.page(null, kept.most);
    this.#byId = new Map(this.#first.map((entry) => [entry.conversationId, entry]));
    this.#length = this.#first.length < kept.most ? this.#first.length : stored.length();
  }

  get length(): number {
    return this.#length;
  }

  *[Symbol.iterator](): Generator<QueueEntry> {
    yield* this.#first;
    let last = this.#first.at(-1);
    for (let left = this.#length - this.#first.length; left > 0 && last; left -= READ_ON) {
      const page = this.#stored.page(last, READ_ON);
      yield* page;
      last = page.at(-1);
    }
  }

  /** As agents see it. */
  inSight(): QueueEntry[] {
    return this.#first.slice(0, QUEUE_IN_SIGHT);
  }

  /** Whether agents see it. */
  isInSight(id: ConversationId): boolean {
    const entry = this.#byId.get(id);
    return entry !== undefined && this.#indexOf(entry) < QUEUE_IN_SIGHT;
  }

  get(key: ConversationKey): QueueEntry | undefined {
    return this.#byId.get(key.conversationId) ?? this.#beyond(key);
  }

  /** @param position from 1, as far as agents see */
  at(position: number): QueueEntry | undefined {
    return this.#first[position - 1];
  }

  /** From 1; null for one that does not wait here. */
  positionOf(key: ConversationKey): number | null {
    const entry = this.#byId.get(key.conversationId);
    if (entry) return this.#indexOf(entry) + 1;
    const beyond = this.#beyond(key);
    return beyond ? this.#length - this.#stored.behind(beyond) : null;
  }

  /** The storage has it already. @param isNew whether it did not wait here until now */
  put(entry: QueueEntry, isNew: boolean): void {
    this.#forget(entry.conversationId);
    if (isNew) this.#length += 1;
    const last = this.#first.at(-1);
    const hasAllOthers = this.#first.length === this.#length - 1;
    if (hasAllOthers || (last && inQueueOrder(entry, last) < 0)) {
      this.#first.splice(this.#indexOf(entry), 0, entry);
      this.#byId.set(entry.conversationId, entry);
    }
    if (this.#first.length > this.#kept.most) this.#forget(this.#first.at(-1)?.conversationId);
    this.#readOn();
  }

  /** It waited here until now, and the storage no longer has it. */
  remove(id: ConversationId): void {
    this.#length -= 1;
    this.#forget(id);
    this.#readOn();
  }

  #beyond(key: ConversationKey): QueueEntry | undefined {
    return this.#first.length < this.#length ? this.#stored.get(key) : undefined;
  }

  #forget(id: ConversationId | undefined): void {
    const entry = id && this.#byId.get(id);
    if (!entry) return;
    this.#first.splice(this.#indexOf(entry), 1);
    this.#byId.delete(entry.conversationId);
  }

  #readOn(): void {
    const { least, most } = this.#kept;
    if (this.#first.length >= Math.min(least, this.#length)) return;
    const more = this.#stored.page(this.#first.at(-1) ?? null, most - this.#first.length);
    for (const entry of more) {
      this.#first.push(entry);
      this.#byId.set(entry.conversationId, entry);
    }
  }

  /** Where it stands among the first, or would stand. */
  #indexOf(entry: QueueEntry): number {
    let low = 0;
    let high = this.#first.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const there = this.#first[middle];
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
