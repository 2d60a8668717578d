// A thread goes on from what it was: with the rows of one that is made at once, and with little work.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import type { Author } from '#shared/identity.ts';
import { newCommandId, newConversationId } from '#shared/ids.ts';
import { dayOf, mara, MINUTE, noor, NOON, said, source, visitor, waiting } from './testing.ts';
import { Thread, type ThreadSource } from './thread.ts';

const describe = ({ type }: ConversationEvent) => (type.startsWith('message.') ? null : type);
const newThread = () => new Thread({ me: mara, describe, dayOf });

const ended = (seq: number, at: number): ConversationEvent => ({
  ...{ type: 'conversation.ended', seq, at, id: newCommandId(), by: visitor },
});

/** What becomes of a message that was said before. */
const amendments = fc.oneof(
  fc.record({
    type: fc.constant('message.edited' as const),
    body: fc.string({ minLength: 1 }).map(textBody),
  }),
  fc.record({ type: fc.constant('message.deleted' as const) }),
);

/**
 * A log: who writes and what they quote, what becomes of a message, or null for what a sentence tells; and how many
 * minutes after the one before.
 */
const logs = fc
  .array(
    fc.tuple(
      fc.oneof(
        {
          weight: 5,
          arbitrary: fc.constantFrom<(Author | null)[]>(mara, mara, noor, visitor, null),
        },
        { weight: 3, arbitrary: amendments },
      ),
      fc.constantFrom(0, 1, 5, 6, 400),
      fc.option(fc.nat(20)),
    ),
    { maxLength: 20 },
  )
  .map((steps) => {
    let at = NOON;
    return steps.map(([what, minutes, which], index): ConversationEvent => {
      at += minutes * MINUTE;
      const seq = index + 1;
      const named = 1 + ((which ?? 0) % seq);
      if (what === null) return ended(seq, at);
      if ('type' in what) return { ...what, seq, at, id: newCommandId(), by: mara, message: named };
      const replyTo = { seq: named, by: noor, text: 'as it was' };
      return { ...said(seq, what, at), ...(which !== null && { replyTo }) };
    });
  });

/** What is in sight at a moment: some conversations, as far as they are loaded, and the rest. */
const looks = fc.record({
  conversations: fc.subarray([0, 1, 2]),
  windows: fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { minLength: 3, maxLength: 3 }),
  pending: fc.subarray([0, 1, 2].map((minutes) => waiting(NOON + minutes * MINUTE))),
  reader: fc.option(fc.record({ delivered: fc.nat(20), seen: fc.nat(20) })),
});

test('[WS22] [MS8] a thread that changes in any steps has the rows of one that is made at once', () => {
  const ids = [newConversationId(), newConversationId(), newConversationId()];
  fc.assert(
    fc.property(fc.tuple(logs, logs, logs), fc.array(looks), (all, steps) => {
      const thread = newThread();
      for (const { conversations, windows, pending, reader } of steps) {
        const parts = conversations.flatMap((index) => {
          const [id, events, window] = [ids[index], all[index], windows[index]];
          return id && events && window
            ? [{ id, events: events.slice(Math.min(...window), Math.max(...window)) }]
            : [];
        });
        const seen: ThreadSource = { parts, pending, reader };
        expect(thread.rows(seen)).toEqual(newThread().rows(seen));
      }
    }),
    { numRuns: 300 },
  );
});

/** A long thread, and how much work each change of it makes. */
function longThread() {
  let asked = 0;
  const thread = new Thread({
    me: mara,
    describe(event) {
      asked += 1;
      return describe(event);
    },
    dayOf(at) {
      asked += 1;
      return dayOf(at);
    },
  });
  const events = Array.from({ length: 5_000 }, (_, index) =>
    said(index + 1, index % 3 === 0 ? mara : visitor, NOON + index * MINUTE),
  );
  const reader = { delivered: 4_990, seen: 4_990 };
  let seen = source(events.slice(100), { reader });
  let rows = thread.rows(seen);
  return {
    events,
    /** Rows that are not as they were, and questions asked for them. */
    change: (change: Partial<ThreadSource>) => {
      seen = { ...seen, ...change };
      const before = new Set(rows);
      asked = 0;
      rows = thread.rows(seen);
      return { made: rows.filter((row) => !before.has(row)).length, asked };
    },
  };
}

test('[WS22] a change of a thread of 5,000 messages makes only the rows that it changes', () => {
  const { events, change } = longThread();
  const parts = (from: number, ...more: ConversationEvent[]) =>
    source([...events.slice(from), ...more]).parts;
  const item = waiting(NOON);
  const stored = said(5_001, mara, NOON + 5_000 * MINUTE, item.id);

  expect(change({ pending: [item] }).made).toBeLessThanOrEqual(2);
  const appended = change({ parts: parts(100, stored), pending: [] });
  expect(appended.made).toBeLessThanOrEqual(2);
  expect(appended.asked).toBeLessThanOrEqual(10);
  expect(change({ reader: { delivered: 5_001, seen: 4_990 } }).made).toBeLessThanOrEqual(8);
  expect(change({ reader: { delivered: 5_001, seen: 5_001 } }).made).toBeLessThanOrEqual(8);
  const earlier = change({ parts: parts(0, stored) });
  expect(earlier.made).toBeLessThanOrEqual(103);
  expect(earlier.asked).toBeLessThanOrEqual(310);
});
