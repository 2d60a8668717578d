import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inQueueOrder, QUEUE_IN_SIGHT, type QueueEntry } from '#shared/department.ts';
import { newConversationId } from '#shared/ids.ts';
import { queueEntry } from '#shared/testing/department-entries.ts';
import { Queue, type StoredQueue } from './queue.ts';

/** What a storage would have, in the plainest way. */
class Stored implements StoredQueue {
  entries: QueueEntry[] = [];
  /** How much was read. */
  read = 0;

  constructor(entries: readonly QueueEntry[] = []) {
    for (const entry of entries) this.put(entry);
  }

  put(entry: QueueEntry): void {
    this.remove(entry.conversationId);
    this.entries = [...this.entries, entry].sort(inQueueOrder);
  }
  remove(id: string): boolean {
    const others = this.entries.filter(({ conversationId }) => conversationId !== id);
    const waited = others.length < this.entries.length;
    this.entries = others;
    return waited;
  }

  length = () => this.entries.length;
  get = ({ conversationId: id }: { conversationId: string }) =>
    this.entries.find(({ conversationId }) => conversationId === id);
  page(after: QueueEntry | null, limit: number) {
    const from = after ? this.entries.filter((one) => inQueueOrder(after, one) < 0) : this.entries;
    const page = from.slice(0, limit);
    this.read += page.length;
    return page;
  }
  behind = (entry: QueueEntry) => this.entries.filter((one) => inQueueOrder(entry, one) < 0).length;
}

const IDS = Array.from({ length: 12 }, newConversationId);

const entries: fc.Arbitrary<QueueEntry> = fc.record({
  conversationId: fc.constantFrom(...IDS),
  visitorId: fc.constant(null),
  seq: fc.nat(),
  visitorName: fc.constant('Visitor'),
  queuedAt: fc.nat(),
  preview: fc.constant(''),
  priority: fc.constant('normal'),
  rank: fc.integer({ min: 0, max: 2 }),
  dueAt: fc.option(fc.nat({ max: 3 })),
  openedAt: fc.nat({ max: 3 }),
  lostBy: fc.constant(null),
});

describe('[RT17] a queue', () => {
  test('is in order of priority, then of what is promised soonest, then of age', () => {
    const [old, young] = [queueEntry({ openedAt: 1 }), queueEntry({ openedAt: 2 })];
    const [soon, later] = [
      queueEntry({ dueAt: 5, openedAt: 9 }),
      queueEntry({ dueAt: 6, openedAt: 3 }),
    ];
    const [urgent, low] = [
      queueEntry({ rank: 0, openedAt: 99 }),
      queueEntry({ rank: 2, dueAt: 1 }),
    ];
    const queue = new Queue(new Stored([young, low, later, old, urgent, soon]));
    expect([...queue]).toEqual([urgent, soon, later, old, young, low]);
  });

  test('gives what comes back the place of its age', () => {
    const back = queueEntry({ openedAt: 1, queuedAt: 900 });
    const queue = new Queue(new Stored([queueEntry({ openedAt: 2, queuedAt: 2 })]));
    queue.put(back, true);
    expect(queue.positionOf(back)).toBe(1);
  });

  test('is what sorting it again would give, whatever comes and goes, and however little is kept', () => {
    const move = fc.oneof(entries, fc.constantFrom(...IDS));
    const start = fc.uniqueArray(entries, { selector: ({ conversationId }) => conversationId });
    const kept = fc.constantFrom({ most: 4, least: 2 }, { most: 3, least: 3 }, undefined);
    fc.assert(
      fc.property(start, fc.array(move, { maxLength: 60 }), kept, (first, moves, size) => {
        const stored = new Stored(first);
        const queue = new Queue(stored, size);
        for (const one of moves) {
          const id = typeof one === 'string' ? one : one.conversationId;
          const waited = stored.remove(id);
          if (typeof one !== 'string') {
            stored.put(one);
            queue.put(one, !waited);
          } else if (waited) queue.remove(id);
          same(queue, stored.entries, size?.least ?? IDS.length);
        }
      }),
    );
  });
});

/** @param known as many as are at hand at any time */
function same(queue: Queue, sorted: readonly QueueEntry[], known: number): void {
  expect([...queue]).toEqual(sorted);
  expect(queue.length).toBe(sorted.length);
  for (const id of IDS) {
    const index = sorted.findIndex(({ conversationId }) => conversationId === id);
    const key = { conversationId: id, visitorId: null };
    expect(queue.get(key)).toBe(sorted[index]);
    expect(queue.positionOf(key)).toBe(index === -1 ? null : index + 1);
    if (index < known) expect(queue.at(index + 1)).toBe(sorted[index]);
  }
}

describe('[DP8] however many wait', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => queueEntry({ openedAt: index }));

  test('a queue reads no more than a thousand when it wakes', () => {
    const stored = new Stored(many(3000));
    const queue = new Queue(stored);
    expect(stored.read).toBe(2 * QUEUE_IN_SIGHT);
    expect(queue.length).toBe(3000);
    expect(queue.inSight()).toEqual(stored.entries.slice(0, QUEUE_IN_SIGHT));
  });

  test('and reads on when half of them have left, not before', () => {
    const stored = new Stored(many(3000));
    const queue = new Queue(stored);
    for (const { conversationId } of stored.entries.slice(0, 2 * QUEUE_IN_SIGHT)) {
      stored.remove(conversationId);
      queue.remove(conversationId);
      expect(queue.inSight()).toEqual(stored.entries.slice(0, QUEUE_IN_SIGHT));
    }
    expect(stored.read).toBeLessThan(4 * QUEUE_IN_SIGHT);
  });
});
