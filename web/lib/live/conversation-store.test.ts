// What a page makes of a conversation's stream. Messages that wait are in pending-commands.test.ts.

import { expect, test } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import { CLOSE_CODES, PROTOCOL } from '#shared/frames.ts';
import { newCommandId } from '#shared/ids.ts';
import { refusal } from '#shared/refusals.ts';
import { FakeReader, saidOver } from './testing/reader.ts';
import { MARA, NOOR, TOO_LONG, VISITOR } from './testing/server.ts';
import { settled, useFakeTime } from './testing/time.ts';

useFakeTime();

const sent = (text: string) => ({ type: 'message.sent', body: textBody(text) }) as const;
const message = (text: string) => ({ type: 'message.send', body: textBody(text) }) as const;
const taken = { type: 'conversation.taken', agent: MARA } as const;
const stale = refusal('message.stale', { agent: 'Noor' });

test('the state is not known before the server’s welcome', async () => {
  const reader = new FakeReader();
  reader.conversation.open('Do you sell olive trees?');
  const { store } = reader.load();
  expect([store.isKnown, store.seq]).toEqual([false, 0]);
  await settled();
  expect([store.isKnown, store.seq, store.state.status]).toEqual([true, 2, 'queued']);
});

test('[DC4] a page that was rendered on the server asks for what came after it', async () => {
  const reader = new FakeReader();
  reader.conversation.open('Do you sell olive trees?');
  const { store, socket } = reader.load({ initial: reader.conversation.snapshot });
  reader.conversation.happen([sent('And palms?')], VISITOR);
  await settled();
  expect(socket().sent[0]).toMatchObject({ type: 'hello', since: 2 });
  expect(store.events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test('[DC4] a welcome that resets replaces what the page had', async () => {
  const { reader, store, socket } = await new FakeReader().opened();
  const { snapshot } = reader.conversation;
  const events = snapshot.events.slice(1);
  socket().hear({
    ...{ type: 'welcome', protocol: PROTOCOL, reset: true },
    ...snapshot,
    ...{ events, hasEarlier: true },
  });
  expect([store.events.map(({ seq }) => seq), store.hasEarlier]).toEqual([[2], true]);
});

test('[WS7] a message leaves those that wait in the moment in which its event arrives', async () => {
  const waiting: number[] = [];
  const { store } = await new FakeReader().opened({
    onEvents: () => waiting.push(store.pending.length),
  });
  await store.send(message('And palms?'));
  expect(store.pending).toHaveLength(1);
  await settled();
  expect([waiting, store.events.length]).toEqual([[0], 3]);
});

test('[WS7] an event that comes before and after its acknowledgement is one message', async () => {
  const { reader, store, socket } = await new FakeReader().opened();
  const id = newCommandId();
  reader.goDown();
  await store.send(message('And palms?'), id);
  reader.conversation.happen([sent('And palms?')], VISITOR, id);
  reader.comeBack();
  await settled();
  socket().hear({ type: 'events', upTo: 3, events: reader.conversation.events.slice(2) });
  socket().hear({ type: 'accepted', id, seq: 3 });
  expect([store.events.length, store.pending]).toEqual([3, []]);
});

test('[DC1] a message of which the log already tells is not sent again', async () => {
  const reader = new FakeReader();
  const before = await reader.opened();
  const id = newCommandId();
  reader.goDown();
  await before.store.send(message('And palms?'), id);
  before.page.kill();
  reader.conversation.happen([sent('And palms?')], VISITOR, id);
  reader.server.isDown = false;
  const { store } = reader.load({ initial: reader.conversation.snapshot });
  await settled();
  expect([store.pending, reader.kept, reader.conversation.commands]).toEqual([[], [], []]);
});

test('[DC1] a page that learns from the welcome that a message is stored does not send it again', async () => {
  const reader = new FakeReader();
  const before = await reader.opened();
  const id = newCommandId();
  reader.goDown();
  await before.store.send(message('And palms?'), id);
  before.page.kill();
  reader.conversation.happen([sent('And palms?')], VISITOR, id);
  reader.server.isDown = false;
  const { store } = reader.load();
  await settled();
  expect([store.pending, reader.kept, reader.conversation.commands]).toEqual([[], [], []]);
});

test('a message that is written between the reconnect and the welcome waits for the welcome', async () => {
  const reader = new FakeReader();
  const { store, page, socket } = await reader.opened();
  reader.goDown();
  page.wake();
  socket().open();
  await store.send(message('And palms?'));
  expect(saidOver(socket()).map(({ type }) => type)).toEqual(['hello']);
});

test('events that come twice are told once, and those that the page was made with are not told', async () => {
  const told: string[][] = [];
  const { reader, socket } = await new FakeReader().opened({
    onEvents: (events) => void told.push(events.map(({ type }) => type)),
  });
  reader.conversation.happen([taken], MARA);
  socket().hear({ type: 'events', upTo: 3, events: reader.conversation.events.slice(1) });
  socket().hear({ type: 'events', upTo: 3, events: reader.conversation.events.slice(2) });
  expect(told).toEqual([['conversation.taken']]);
});

test('[DC14] where events of a later version were skipped, the server’s own state counts', async () => {
  const { reader, store, socket } = await new FakeReader().opened();
  const welcome = { type: 'welcome', protocol: PROTOCOL, reset: false };
  const state = { ...reader.conversation.state, departmentId: 'garden' };
  const moved = { type: 'conversation.moved', to: 'garden', seq: 3 };
  socket().hear({ ...welcome, ...reader.conversation.snapshot, state, seq: 3, events: [moved] });
  expect([store.seq, store.events.length]).toEqual([3, 2]);
  expect(store.state).toMatchObject({ departmentId: 'garden' });
});

test('a refusal that names no command changes nothing', async () => {
  const { reader, store, socket } = await new FakeReader().opened();
  socket().onSent = () => {};
  await store.send(message('And palms?'));
  socket().hear({
    type: 'refused',
    id: null,
    refusal: refusal('defect', { request: '1' }),
    sentence: '',
  });
  await settled();
  expect(store.pending.map((item) => item.refusal)).toEqual([null]);
  expect(reader.kept.map((item) => item.refusal)).toEqual([null]);
});

test('[WS8] a refusal is of the message whose id it names', async () => {
  const { store, socket } = await new FakeReader().opened();
  socket().onSent = () => {};
  await store.send(message('And palms?'));
  const id = newCommandId();
  await store.send(message('And ferns?'), id);
  socket().hear({ type: 'refused', id, refusal: TOO_LONG, sentence: '' });
  expect(store.pending.map((item) => item.refusal?.code ?? null)).toEqual([
    null,
    'message.too-long',
  ]);
});

/** A reply that the server has refused, since a colleague's was newer. */
async function staleReply() {
  const reader = new FakeReader(MARA.id);
  const { store, socket, page } = await reader.opened();
  const answer = socket().onSent;
  socket().onSent = () => {};
  const id = newCommandId();
  await store.send(message('We do.'), id);
  reader.conversation.happen([sent('Yes, two sizes.')], NOOR);
  socket().hear({ type: 'refused', id, refusal: stale, sentence: '' });
  await settled();
  socket().onSent = answer;
  const [item] = store.pending;
  if (!item) throw new Error('The reply is not pending.');
  return { reader, store, page, id, item };
}

test('[DC10] a stale reply is not sent again, neither after a reconnect nor after a reload', async () => {
  const { reader, page, item } = await staleReply();
  reader.goDown();
  reader.comeBack();
  await settled();
  page.kill();
  const { store } = reader.load();
  await settled();
  expect(reader.conversation.commands).toEqual([]);
  expect(store.pending).toEqual([item]);
});

test('[DC10] a stale reply that is sent all the same is another message, by an author who has read on', async () => {
  const { reader, store, id, item } = await staleReply();
  await store.retry(item);
  await settled();
  const [again, ...more] = reader.conversation.commands;
  expect(more).toEqual([]);
  expect(again?.id).not.toBe(id);
  expect([item.after, again?.after]).toEqual([2, 3]);
});

test('[DC10] a stale reply that is sent all the same leaves nothing behind', async () => {
  const { reader, store, item } = await staleReply();
  await store.retry(item);
  expect(reader.kept.map(({ command, refusal }) => [command, refusal])).toEqual([
    [message('We do.'), null],
  ]);
  await settled();
  expect([store.pending, reader.kept]).toEqual([[], []]);
});

test('[WS8] any other refused message is sent again under its id', async () => {
  const reader = new FakeReader();
  const { store } = await reader.opened();
  reader.conversation.refusals.push('message.too-long');
  await store.send(message('And palms?'));
  await settled();
  const [item] = store.pending;
  if (item) await store.retry(item);
  await settled();
  const ids = reader.conversation.commands.map(({ id }) => id);
  expect([ids, store.pending]).toEqual([[item?.id, item?.id], []]);
});

test('a message that is discarded is gone from the thread and from the device', async () => {
  const { reader, store, item } = await staleReply();
  await store.discard(item);
  expect([store.pending, reader.kept]).toEqual([[], []]);
});

test('a command whose answer is lost with the connection is answered after the reconnect', async () => {
  const reader = new FakeReader();
  const { store, socket } = await reader.opened();
  socket().onSent = () => {};
  const answer = store.ask({ type: 'conversation.end', comment: null });
  const asked = saidOver(socket()).find(({ type }) => type === 'command');
  reader.goDown();
  if (asked?.type !== 'command') throw new Error('Nothing was asked.');
  reader.conversation.happen([{ type: 'conversation.ended' }], VISITOR, asked.id);
  reader.comeBack();
  await settled();
  expect(await answer).toEqual({ ok: true, value: null });
});

test('a command that leads to no event is answered, too', async () => {
  const { store } = await new FakeReader(MARA.id).opened();
  const answer = store.ask({ type: 'conversation.hold' });
  await settled();
  expect(await answer).toEqual({ ok: true, value: null });
});

test('a command that waits has no answer when the server ends the connection for good', async () => {
  const { store, socket } = await new FakeReader().opened();
  socket().onSent = () => {};
  const answer = store.ask({ type: 'conversation.end', comment: null });
  socket().lose(CLOSE_CODES.forbidden);
  expect([store.status, store.closeCode]).toEqual(['ended', CLOSE_CODES.forbidden]);
  expect(await answer).toBeNull();
});
