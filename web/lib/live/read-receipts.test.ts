import { expect, test, vi } from 'vitest';
import { RECEIPT_WITHIN_MS, type LoggedMessage } from '#shared/receipts.ts';
import { ReadReceipts } from './read-receipts.svelte.ts';
import { MARA, VISITOR } from './testing/server.ts';
import { useFakeTime } from './testing/time.ts';

useFakeTime();

/** What Mara's page says of her reading, and what it sends alone. */
function marasReceipts() {
  const told: unknown[] = [];
  const receipts = new ReadReceipts(MARA.id, {
    send: (frame) => {
      told.push(frame);
      return true;
    },
  });
  return { receipts, told };
}

const theirs = (seq: number): LoggedMessage => ({ seq, by: VISITOR });
const own = (seq: number): LoggedMessage => ({ seq, by: MARA });
const alone = (delivered: number, seen: number) => ({
  type: 'signal',
  signal: { type: 'receipt', delivered, seen },
});
const inTime = () => vi.advanceTimersByTime(RECEIPT_WITHIN_MS);
const isVisitor = (participant: string) => participant === 'visitor';

test('one’s own events need no receipt', () => {
  const { receipts, told } = marasReceipts();
  receipts.arrived([own(1)]);
  receipts.see(1);
  inTime();
  expect(told).toEqual([]);
  expect(receipts.take()).toBeUndefined();
});

test('a receipt travels with the next command, and then not alone', () => {
  const { receipts, told } = marasReceipts();
  receipts.arrived([theirs(1)]);
  expect(receipts.take()).toEqual({ delivered: 1, seen: 0 });
  inTime();
  expect(told).toEqual([]);
});

test('a receipt travels with one command only', () => {
  const { receipts } = marasReceipts();
  receipts.arrived([theirs(1)]);
  receipts.take();
  expect(receipts.take()).toBeUndefined();
});

test('the next receipt has its whole time to find a command', () => {
  const { receipts, told } = marasReceipts();
  receipts.arrived([theirs(1)]);
  vi.advanceTimersByTime(RECEIPT_WITHIN_MS - 1);
  receipts.take();
  receipts.arrived([theirs(2)]);
  vi.advanceTimersByTime(RECEIPT_WITHIN_MS - 1);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual([alone(2, 0)]);
});

test('a message of one’s own does not shorten the time of the next receipt', () => {
  const { receipts, told } = marasReceipts();
  receipts.arrived([own(1)]);
  receipts.see(1);
  vi.advanceTimersByTime(RECEIPT_WITHIN_MS - 1);
  receipts.arrived([theirs(2)]);
  vi.advanceTimersByTime(RECEIPT_WITHIN_MS - 1);
  expect(told).toEqual([]);
});

test('without a command a receipt goes alone, and not before its time', () => {
  const { receipts, told } = marasReceipts();
  receipts.arrived([theirs(1)]);
  vi.advanceTimersByTime(RECEIPT_WITHIN_MS - 1);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual([alone(1, 0)]);
});

test('one receipt covers all that has arrived since the first message that it is for', () => {
  const { receipts, told } = marasReceipts();
  receipts.arrived([theirs(1), own(2)]);
  vi.advanceTimersByTime(RECEIPT_WITHIN_MS - 1);
  receipts.arrived([theirs(3), own(4)]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual([alone(3, 0)]);
  inTime();
  expect(told).toHaveLength(1);
});

test('a message that is seen when it arrives has one receipt', () => {
  const { receipts, told } = marasReceipts();
  receipts.arrived([theirs(1)]);
  receipts.see(1);
  inTime();
  inTime();
  expect(told).toEqual([alone(1, 1)]);
});

test('a message that is seen later has a second receipt', () => {
  const { receipts, told } = marasReceipts();
  receipts.arrived([theirs(1)]);
  inTime();
  receipts.see(1);
  inTime();
  expect(told).toEqual([alone(1, 0), alone(1, 1)]);
});

test('seeing one’s own newest message tells nothing new', () => {
  const { receipts, told } = marasReceipts();
  receipts.arrived([theirs(1)]);
  receipts.see(1);
  inTime();
  receipts.arrived([own(2)]);
  receipts.see(2);
  inTime();
  expect(told).toEqual([alone(1, 1)]);
});

test('events that come twice, or late, take no receipt back', () => {
  const { receipts, told } = marasReceipts();
  receipts.arrived([theirs(3)]);
  receipts.see(3);
  inTime();
  receipts.arrived([theirs(2)]);
  receipts.see(2);
  receipts.welcomed({});
  inTime();
  expect(told).toEqual([alone(3, 3), alone(3, 3)]);
  expect(receipts.seenUpTo).toBe(3);
});

test('a receipt that the server has not kept is told again after the reconnect', () => {
  const { receipts, told } = marasReceipts();
  receipts.arrived([theirs(2)]);
  receipts.see(2);
  inTime();
  receipts.welcomed({ [MARA.id]: { delivered: 2, seen: 1 } });
  inTime();
  expect(told).toEqual([alone(2, 2), alone(2, 2)]);
});

test('a receipt that the server has kept is not told again after the reconnect', () => {
  const { receipts, told } = marasReceipts();
  receipts.arrived([theirs(2)]);
  receipts.see(2);
  inTime();
  receipts.welcomed({ [MARA.id]: { delivered: 2, seen: 2 } });
  inTime();
  expect(told).toHaveLength(1);
});

test('a receipt that was told on another page first is told again once the server has forgotten it', () => {
  const { receipts, told } = marasReceipts();
  receipts.hear({ [MARA.id]: { delivered: 2, seen: 2 } });
  receipts.welcomed({});
  receipts.arrived([theirs(1), theirs(2)]);
  receipts.see(2);
  inTime();
  expect(told).toEqual([alone(2, 2)]);
});

test('[DC9] receipts that are heard only move forward', () => {
  const { receipts } = marasReceipts();
  receipts.hear({ visitor: { delivered: 3, seen: 2 } });
  receipts.hear({ visitor: { delivered: 2, seen: 1 } });
  expect(receipts.furthest(isVisitor)).toEqual({ delivered: 3, seen: 2 });
});

test('[DC9] what was seen stays seen when the server has forgotten it', () => {
  const { receipts } = marasReceipts();
  receipts.hear({ visitor: { delivered: 3, seen: 3 } });
  receipts.welcomed({});
  expect(receipts.furthest(isVisitor)).toEqual({ delivered: 3, seen: 3 });
});

test('[DC9] the furthest reader counts, whichever has got there', () => {
  const { receipts } = marasReceipts();
  receipts.hear({
    noor: { delivered: 4, seen: 1 },
    tom: { delivered: 2, seen: 2 },
    visitor: { delivered: 9, seen: 9 },
  });
  expect(receipts.furthest((one) => !isVisitor(one))).toEqual({ delivered: 4, seen: 2 });
});

test('what one has seen on another page counts as seen', () => {
  const { receipts } = marasReceipts();
  receipts.see(2);
  receipts.hear({ [MARA.id]: { delivered: 5, seen: 5 } });
  expect(receipts.seenUpTo).toBe(5);
});

test('a page that is closed tells nothing more', () => {
  const { receipts, told } = marasReceipts();
  receipts.arrived([theirs(1)]);
  receipts.close();
  inTime();
  expect(told).toEqual([]);
});
