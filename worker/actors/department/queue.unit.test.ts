import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inQueueOrder, type QueueEntry } from '#shared/department.ts';
import { newConversationId } from '#shared/ids.ts';
import { queueEntry } from '#shared/testing/department-entries.ts';
import { Queue } from './queue.ts';

const IDS = Array.from({ length: 12 }, newConversationId);

const entries: fc.Arbitrary<QueueEntry> = fc.record({
  conversationId: fc.constantFrom(...IDS),
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
    const queue = new Queue([young, low, later, old, urgent, soon]);
    expect([...queue]).toEqual([urgent, soon, later, old, young, low]);
  });

  test('gives what comes back the place of its age', () => {
    const back = queueEntry({ openedAt: 1, queuedAt: 900 });
    const queue = new Queue([queueEntry({ openedAt: 2, queuedAt: 2 })]);
    queue.put(back);
    expect(queue.positionOf(back.conversationId)).toBe(1);
  });

  test('is what sorting it again would give, whatever comes and goes', () => {
    const move = fc.oneof(entries, fc.constantFrom(...IDS));
    const start = fc.uniqueArray(entries, { selector: ({ conversationId }) => conversationId });
    fc.assert(
      fc.property(start, fc.array(move, { maxLength: 60 }), (first, moves) => {
        const queue = new Queue(first);
        let model = [...first];
        for (const one of moves) {
          const id = typeof one === 'string' ? one : one.conversationId;
          model = model.filter(({ conversationId }) => conversationId !== id);
          if (typeof one === 'string') queue.remove(id);
          else {
            queue.put(one);
            model.push(one);
          }
          const sorted = model.toSorted(inQueueOrder);
          expect([...queue]).toEqual(sorted);
          expect(queue.length).toBe(sorted.length);
          expect(queue.first(3)).toEqual(sorted.slice(0, 3));
          for (const known of IDS) {
            const index = sorted.findIndex(({ conversationId }) => conversationId === known);
            expect(queue.get(known)).toBe(sorted[index]);
            expect(queue.positionOf(known)).toBe(index === -1 ? null : index + 1);
            expect(queue.at(index + 1)).toBe(sorted[index]);
          }
        }
      }),
    );
  });
});
