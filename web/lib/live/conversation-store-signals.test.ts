// What a page makes of what is told and stored nowhere: receipts, typing, the position in the queue.

import { expect, test, vi } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import { RECEIPT_WITHIN_MS } from '#shared/receipts.ts';
import { FakeReader, saidOver } from './testing/reader.ts';
import { MARA, NOOR, VISITOR } from './testing/server.ts';
import type { FakeSocket } from './testing/socket.ts';
import { settled, useFakeTime } from './testing/time.ts';

useFakeTime();

/** A lost connection is tried again after this, at most. */
const CONNECTS_WITHIN_MS = 30_000;

const SYSTEM = { kind: 'system' } as const;
const sent = (text: string) => ({ type: 'message.sent', body: textBody(text) }) as const;
const taken = { type: 'conversation.taken', agent: MARA } as const;
const requeued = { type: 'conversation.requeued', because: 'moved' } as const;

const receipts = (all: object) => ({ type: 'signal', signal: { type: 'receipts', receipts: all } });
const typing = (by: object) => ({ type: 'signal', signal: { type: 'typing', by, typing: true } });
const queuePosition = (position: number) => ({
  type: 'signal',
  signal: { type: 'queue', position: { position, waitSeconds: null } },
});
const signalsIn = (socket: FakeSocket, type: 'typing' | 'receipt') =>
  saidOver(socket)
    .flatMap((frame) => (frame.type === 'signal' ? [frame.signal] : []))
    .filter((signal) => signal.type === type);

test('what has arrived is told with the next command', async () => {
  const { store, socket } = await new FakeReader(MARA.id).opened();
  store.markSeen();
  await store.send({ type: 'message.send', body: textBody('We do.') });
  await vi.advanceTimersByTimeAsync(RECEIPT_WITHIN_MS);
  expect(saidOver(socket())).toMatchObject([
    { type: 'hello' },
    { type: 'command', receipt: { delivered: 2, seen: 2 } },
  ]);
});

test('[DC9] what arrives while the page is open is told in time', async () => {
  const { reader, socket } = await new FakeReader(MARA.id).opened();
  await vi.advanceTimersByTimeAsync(RECEIPT_WITHIN_MS);
  reader.conversation.happen([sent('And palms?')], VISITOR);
  await vi.advanceTimersByTimeAsync(RECEIPT_WITHIN_MS);
  expect(signalsIn(socket(), 'receipt').at(-1)).toMatchObject({ delivered: 3, seen: 0 });
});

test('[DC9] what was read before the connection was lost is told again if the server has forgotten it', async () => {
  const { reader, store, socket } = await new FakeReader(MARA.id).opened();
  store.markSeen();
  await vi.advanceTimersByTimeAsync(RECEIPT_WITHIN_MS);
  reader.goDown();
  reader.comeBack();
  await vi.advanceTimersByTimeAsync(CONNECTS_WITHIN_MS + RECEIPT_WITHIN_MS);
  expect(signalsIn(socket(), 'receipt')).toEqual([{ type: 'receipt', delivered: 2, seen: 2 }]);
});

test('[DC9] what is read while the connection is lost is told after the reconnect', async () => {
  const { reader, store, socket } = await new FakeReader(MARA.id).opened();
  reader.goDown();
  store.markSeen();
  await vi.advanceTimersByTimeAsync(RECEIPT_WITHIN_MS);
  reader.comeBack();
  await vi.advanceTimersByTimeAsync(CONNECTS_WITHIN_MS + RECEIPT_WITHIN_MS);
  expect(signalsIn(socket(), 'receipt')).toEqual([{ type: 'receipt', delivered: 2, seen: 2 }]);
});

test('[DC9] a visitor’s message has got as far as any agent, and not as far as its own author', async () => {
  const { store, socket } = await new FakeReader().opened();
  const [mara, noor] = [
    { delivered: 2, seen: 1 },
    { delivered: 1, seen: 1 },
  ];
  const visitor = { delivered: 9, seen: 9 };
  socket().hear(receipts({ [MARA.id]: mara, [NOOR.id]: noor, visitor }));
  expect(store.readUpTo).toEqual({ delivered: 2, seen: 1 });
});

test('[DC9] an agent’s message has got as far as the visitor, and not as far as a colleague', async () => {
  const { store, socket } = await new FakeReader(MARA.id).opened();
  const visitor = { delivered: 2, seen: 1 };
  socket().hear(receipts({ [NOOR.id]: { delivered: 9, seen: 9 }, visitor }));
  expect(store.readUpTo).toEqual(visitor);
});

test('[DC9] how far a message has got is known from what the server rendered', () => {
  const reader = new FakeReader();
  reader.conversation.open('Do you sell olive trees?');
  const told = { [MARA.id]: { delivered: 2, seen: 2 } };
  const { store } = reader.load({
    initial: { ...reader.conversation.snapshot, receipts: told },
  });
  expect(store.readUpTo).toEqual({ delivered: 2, seen: 2 });
});

test('[DC9] receipts that come with events count', async () => {
  const { reader, store, socket } = await new FakeReader().opened();
  const told = { [MARA.id]: { delivered: 2, seen: 2 } };
  const upTo = reader.conversation.events.length;
  socket().hear({ type: 'events', upTo, events: [], receipts: told });
  expect(store.readUpTo).toEqual({ delivered: 2, seen: 2 });
});

test('[DC9] a message that was seen stays seen after a reconnect to a server that has forgotten it', async () => {
  const { reader, store, socket } = await new FakeReader().opened();
  socket().hear(receipts({ [MARA.id]: { delivered: 2, seen: 2 } }));
  reader.goDown();
  reader.comeBack();
  await settled();
  expect(store.readUpTo).toEqual({ delivered: 2, seen: 2 });
});

test('unread are messages of the visitor that were not seen, and none of colleagues', async () => {
  const { reader, store } = await new FakeReader(MARA.id).opened();
  store.markSeen();
  reader.conversation.happen([taken, sent('Yes, two sizes.')], NOOR);
  reader.conversation.happen([sent('And palms?')], VISITOR);
  expect(store.unread).toBe(1);
  store.markSeen();
  expect(store.unread).toBe(0);
});

test('[MS7] a message that was deleted is not unread', async () => {
  const { reader, store } = await new FakeReader().opened();
  store.markSeen();
  reader.conversation.happen([taken, sent('The PIN is 4711.')], NOOR);
  expect(store.unread).toBe(1);
  const message = reader.conversation.events.length;
  reader.conversation.happen([{ type: 'message.deleted', message }], NOOR);
  expect(store.unread).toBe(0);
});

test('a message that was seen in another tab is not unread here', async () => {
  const { store, socket } = await new FakeReader(MARA.id).opened();
  expect(store.unread).toBe(1);
  socket().hear(receipts({ [MARA.id]: { delivered: 2, seen: 2 } }));
  expect(store.unread).toBe(0);
});

test('who is typing no longer is when their message arrives', async () => {
  const { reader, store, socket } = await new FakeReader(MARA.id).opened();
  socket().hear(typing(VISITOR));
  reader.conversation.happen([sent('And palms?')], VISITOR);
  expect(store.typist).toBeNull();
});

test('who is typing goes on while one’s own message arrives', async () => {
  const { reader, store, socket } = await new FakeReader(MARA.id).opened();
  socket().hear(typing(VISITOR));
  reader.conversation.happen([sent('We do.')], MARA);
  expect(store.typist).toEqual(VISITOR);
});

test('after a message is sent, writing the next one is told at once', async () => {
  const { store, socket } = await new FakeReader(MARA.id).opened();
  store.typing(true);
  await store.send({ type: 'message.send', body: textBody('We do.') });
  store.typing(true);
  expect(signalsIn(socket(), 'typing')).toHaveLength(2);
});

test('a position is known while the conversation is in the queue', async () => {
  const { reader, store, socket } = await new FakeReader().opened();
  expect(store.queuePosition).toBeNull();
  socket().hear(queuePosition(3));
  socket().hear(queuePosition(2));
  expect(store.queuePosition?.position).toBe(2);
  reader.conversation.happen([taken], MARA);
  expect(store.queuePosition).toBeNull();
});

test('a conversation that comes back to the queue has no position until it is told', async () => {
  const { reader, store, socket } = await new FakeReader().opened();
  socket().hear(queuePosition(2));
  reader.conversation.happen([taken], MARA);
  reader.conversation.happen([requeued], SYSTEM);
  expect([store.state.status, store.queuePosition]).toEqual(['queued', null]);
});

test('a position that is told after the conversation has left the queue is not shown', async () => {
  const { reader, store, socket } = await new FakeReader().opened();
  reader.conversation.happen([taken], MARA);
  socket().hear(queuePosition(1));
  expect(store.queuePosition).toBeNull();
});
