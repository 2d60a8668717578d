// What is pending when a page is loaded again, or when two tabs share an outbox.

import { expect, test, vi } from 'vitest';
import { newConversationId } from '#shared/ids.ts';
import { OutboxInMemory } from './testing/environment.ts';
import { TOO_LONG } from './testing/server.ts';
import { settled, useFakeTime } from './testing/time.ts';
import { textsIn, WritingPage } from './testing/writing-page.ts';

useFakeTime();

const nothingIsStored = () => false;

/** An outbox in which an earlier page has left messages. */
async function left(...texts: string[]) {
  const storage = new OutboxInMemory();
  const page = new WritingPage(storage);
  const ids = [];
  for (const text of texts) ids.push(await page.write(text));
  return { storage, ids };
}

test('[DC1] what an earlier page has left is shown and sent under its id', async () => {
  const { storage, ids } = await left('one', 'two');
  const page = new WritingPage(storage);
  page.pending.restore(nothingIsStored);
  await settled();
  page.pending.open();
  expect(page.shown).toEqual(['one', 'two']);
  expect(page.said.map(({ id }) => id)).toEqual(ids);
});

test('[DC1] what an earlier page has left is sent once when the welcome comes before it is read', async () => {
  const { storage } = await left('one');
  const page = new WritingPage(storage);
  page.pending.restore(nothingIsStored);
  page.pending.open();
  await settled();
  expect(page.saidTexts).toEqual(['one']);
});

test('what an earlier page has left goes before what is written here, even if it is read late', async () => {
  const { storage } = await left('one');
  const page = new WritingPage(storage);
  page.pending.open();
  page.pending.restore(nothingIsStored);
  await page.write('two');
  expect([page.shown, page.saidTexts]).toEqual([
    ['one', 'two'],
    ['one', 'two'],
  ]);
});

test('what an earlier page has left is shown above what is written before it is read', async () => {
  const { storage } = await left('one');
  const page = new WritingPage(storage);
  await page.write('two');
  page.pending.restore(nothingIsStored);
  await settled();
  expect(page.shown).toEqual(['one', 'two']);
});

test('what is written here is read after what an earlier page has left, though the clock went back', async () => {
  const { storage } = await left('one');
  vi.setSystemTime(Date.now() - 3_600_000);
  const page = new WritingPage(storage);
  page.pending.restore(nothingIsStored);
  await page.write('two');
  const next = new WritingPage(storage);
  next.pending.restore(nothingIsStored);
  await settled();
  expect(next.shown).toEqual(['one', 'two']);
});

test('messages of one moment keep their order', async () => {
  const { storage } = await left('one', 'two', 'three');
  const mintedAt = [...storage.items.values()].map((item) => item.mintedAt);
  expect(new Set(mintedAt).size).toBe(3);
});

test('[DC1] what the log has by now is neither shown nor sent, and leaves the outbox', async () => {
  const { storage, ids } = await left('one', 'two');
  const page = new WritingPage(storage);
  page.pending.open();
  page.pending.restore((id) => id === ids[0]);
  await settled();
  expect([page.shown, page.saidTexts, textsIn(storage)]).toEqual([['two'], ['two'], ['two']]);
});

test('what is for another conversation stays for its page', async () => {
  const { storage } = await left('one');
  const page = new WritingPage(storage, undefined, newConversationId());
  page.pending.open();
  page.pending.restore(nothingIsStored);
  await settled();
  expect([page.shown, page.saidTexts, textsIn(storage)]).toEqual([[], [], ['one']]);
});

test('[WS8] a refusal outlives a reload, and the message is not sent until its author says so', async () => {
  const { storage, ids } = await left('one');
  const before = new WritingPage(storage);
  before.pending.restore(nothingIsStored);
  await settled();
  for (const id of ids) before.pending.refused(id, TOO_LONG);
  await settled();
  const page = new WritingPage(storage);
  page.pending.open();
  page.pending.restore(nothingIsStored);
  await settled();
  expect([page.shown, page.saidTexts]).toEqual([['one: message.too-long'], []]);
});

test('[DC1] a message that is tried again is sent by the next page, if this one goes before the answer', async () => {
  const { storage, ids } = await left('one');
  const before = new WritingPage(storage);
  before.pending.restore(nothingIsStored);
  await settled();
  for (const id of ids) before.pending.refused(id, TOO_LONG);
  await before.pending.retry(before.first());
  const page = new WritingPage(storage);
  page.pending.open();
  page.pending.restore(nothingIsStored);
  await settled();
  expect(page.said.map(({ id }) => id)).toEqual(ids);
});

test('a message that is given up is gone for the next page, too', async () => {
  const { storage } = await left('one');
  const before = new WritingPage(storage);
  before.pending.restore(nothingIsStored);
  await settled();
  await before.pending.drop(before.first());
  expect(before.shown).toEqual([]);
  const page = new WritingPage(storage);
  page.pending.open();
  page.pending.restore(nothingIsStored);
  await settled();
  expect([page.shown, page.saidTexts]).toEqual([[], []]);
});

test('[DC1] two tabs send one message under one id, and each lets it go when it is stored', async () => {
  const { storage, ids } = await left('one');
  const tabs = [new WritingPage(storage), new WritingPage(storage)];
  for (const { pending } of tabs) {
    pending.open();
    pending.restore(nothingIsStored);
  }
  await settled();
  expect(tabs.flatMap(({ said }) => said.map(({ id }) => id))).toEqual([...ids, ...ids]);
  for (const { pending } of tabs) for (const id of ids) pending.acknowledge(id);
  await settled();
  expect([...tabs.map(({ shown }) => shown), textsIn(storage)]).toEqual([[], [], []]);
});

test('what one tab writes does not disturb what another has pending', async () => {
  const storage = new OutboxInMemory();
  const [one, other] = [new WritingPage(storage), new WritingPage(storage)];
  for (const { pending } of [one, other]) pending.restore(nothingIsStored);
  await one.write('one');
  one.pending.acknowledge(await other.write('two'));
  expect([one.shown, other.shown]).toEqual([['one'], ['two']]);
  expect(textsIn(storage)).toEqual(['one', 'two']);
});
