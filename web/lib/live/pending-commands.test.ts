import { expect, test, vi } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import { newCommandId } from '#shared/ids.ts';
import { refusal } from '#shared/refusals.ts';
import { OutboxInMemory } from './testing/environment.ts';
import { TOO_LONG } from './testing/server.ts';
import { settled, useFakeTime } from './testing/time.ts';
import { textsIn, WritingPage } from './testing/writing-page.ts';

useFakeTime();

const HOLD = { type: 'conversation.hold' } as const;

test('[DC1] a message is shown and sent only when it is in the outbox', async () => {
  const storage = new OutboxInMemory();
  const kept = Promise.withResolvers<void>();
  vi.spyOn(storage, 'write').mockImplementationOnce(() => kept.promise);
  const page = new WritingPage(storage);
  page.pending.open();
  const written = page.write('Hello');
  await settled();
  expect([page.shown, page.saidTexts]).toEqual([[], []]);
  kept.resolve();
  await written;
  expect([page.shown, page.saidTexts]).toEqual([['Hello'], ['Hello']]);
});

test('nothing goes out before the server’s welcome, and then all of it in order', async () => {
  const page = new WritingPage();
  await page.write('one');
  await page.write('two');
  void page.pending.ask(HOLD, 0);
  expect(page.saidTexts).toEqual([]);
  page.pending.open();
  expect(page.saidTexts).toEqual(['one', 'two', 'conversation.hold']);
});

test('[DC1] what is written while the connection is lost waits, and is sent once', async () => {
  const page = new WritingPage();
  page.pending.open();
  page.pending.pause();
  await page.write('one');
  expect(page.saidTexts).toEqual([]);
  page.pending.open();
  expect(page.saidTexts).toEqual(['one']);
});

test('[DC1] a message whose answer was lost is sent again under the same id, with what its author had read', async () => {
  const page = new WritingPage();
  page.pending.open();
  const id = await page.write('one', 7);
  page.pending.pause();
  page.pending.open();
  expect(page.said).toEqual([
    { id, text: 'one', after: 7 },
    { id, text: 'one', after: 7 },
  ]);
});

test('acknowledgements that come in another order take away what they are for', async () => {
  const page = new WritingPage();
  page.pending.open();
  await page.write('one');
  const two = await page.write('two');
  page.pending.acknowledge(two);
  expect(page.shown).toEqual(['one']);
});

test('[DC1] what is acknowledged leaves the outbox, so that no later page sends it', async () => {
  const storage = new OutboxInMemory();
  const page = new WritingPage(storage);
  page.pending.open();
  page.pending.acknowledge(await page.write('one'));
  await settled();
  expect(textsIn(storage)).toEqual([]);
});

test('an acknowledgement that comes twice, or of something unknown, changes nothing', async () => {
  const page = new WritingPage();
  page.pending.open();
  const id = await page.write('one');
  await page.write('two');
  for (const one of [id, id, newCommandId()]) page.pending.acknowledge(one);
  expect(page.shown).toEqual(['two']);
});

test('a refusal that comes after the acknowledgement does not bring the message back', async () => {
  const storage = new OutboxInMemory();
  const page = new WritingPage(storage);
  page.pending.open();
  const id = await page.write('one');
  page.pending.acknowledge(id);
  page.pending.refused(id, TOO_LONG);
  await settled();
  expect([page.shown, textsIn(storage)]).toEqual([[], []]);
});

test('an acknowledgement that comes after a refusal counts', async () => {
  const storage = new OutboxInMemory();
  const page = new WritingPage(storage);
  page.pending.open();
  const id = await page.write('one');
  page.pending.refused(id, TOO_LONG);
  page.pending.acknowledge(id);
  await settled();
  expect([page.shown, textsIn(storage)]).toEqual([[], []]);
});

test('[WS8] a refused message is shown as failed where it was', async () => {
  const page = new WritingPage();
  page.pending.open();
  const id = await page.write('one');
  await page.write('two');
  page.pending.refused(id, TOO_LONG);
  expect(page.shown).toEqual(['one: message.too-long', 'two']);
});

test('[WS8] a refused message is not sent again after a reconnect', async () => {
  const page = new WritingPage();
  page.pending.open();
  page.pending.refused(await page.write('one'), TOO_LONG);
  page.pending.pause();
  page.pending.open();
  expect(page.saidTexts).toEqual(['one']);
});

test('[WS8] a refused message that is tried again waits for the connection', async () => {
  const page = new WritingPage();
  page.pending.open();
  const id = await page.write('one');
  page.pending.refused(id, TOO_LONG);
  page.pending.pause();
  await page.pending.retry(page.first());
  expect([page.shown, page.saidTexts]).toEqual([['one'], ['one']]);
  page.pending.open();
  expect(page.said.map((one) => one.id)).toEqual([id, id]);
});

test('[WS8] a refused message that is tried again goes out under its id', async () => {
  const page = new WritingPage();
  page.pending.open();
  const id = await page.write('one');
  page.pending.refused(id, TOO_LONG);
  await page.pending.retry(page.first());
  expect(page.said.map((one) => one.id)).toEqual([id, id]);
});

test('what its owner takes over when it is refused is not shown as failed', async () => {
  const taken: string[] = [];
  const page = new WritingPage(new OutboxInMemory(), ({ command }, { code }) => {
    taken.push(`${command.body.text}: ${code}`);
    return true;
  });
  page.pending.open();
  page.pending.refused(await page.write('one'), TOO_LONG);
  expect([page.shown, taken]).toEqual([['one'], ['one: message.too-long']]);
});

test('what replaces a message takes its place in the outbox in one step', async () => {
  const storage = new OutboxInMemory();
  const page = new WritingPage(storage);
  await page.write('one');
  const write = vi.spyOn(storage, 'write');
  const command = { type: 'message.send', body: textBody('another') } as const;
  await page.pending.send([{ id: newCommandId(), command }], 0, [page.first()]);
  expect(write).toHaveBeenCalledTimes(1);
  expect([page.shown, textsIn(storage)]).toEqual([['another'], ['another']]);
});

test('a command is asked again after a reconnect, under its id, and answered once', async () => {
  const page = new WritingPage();
  page.pending.open();
  const answer = page.pending.ask(HOLD, 3);
  page.pending.pause();
  page.pending.open();
  const [first, again] = page.said;
  expect(again).toEqual(first);
  if (again) page.pending.acknowledge(again.id);
  expect(await answer).toEqual({ ok: true, value: null });
  page.pending.pause();
  page.pending.open();
  expect(page.said).toHaveLength(2);
});

test('a command that is asked for while the connection is lost goes out with the next welcome', async () => {
  const page = new WritingPage();
  page.pending.open();
  page.pending.pause();
  void page.pending.ask(HOLD, 0);
  expect(page.saidTexts).toEqual([]);
  page.pending.open();
  expect(page.saidTexts).toEqual(['conversation.hold']);
});

test('the first of two answers to a command counts', async () => {
  const page = new WritingPage();
  page.pending.open();
  const answer = page.pending.ask(HOLD, 0);
  const [asked] = page.said;
  if (asked) {
    page.pending.refused(asked.id, refusal('hold.disabled'));
    page.pending.acknowledge(asked.id);
  }
  expect(await answer).toMatchObject({ ok: false, refusal: { code: 'hold.disabled' } });
});

test('a command that awaits its answer gets none once there will be no more', async () => {
  const page = new WritingPage();
  page.pending.open();
  const answer = page.pending.ask(HOLD, 0);
  page.pending.end();
  expect(await answer).toBeNull();
});

test('after the end nothing is asked any more', async () => {
  const page = new WritingPage();
  page.pending.open();
  page.pending.end();
  expect(await page.pending.ask(HOLD, 0)).toBeNull();
  expect(page.said).toEqual([]);
});

test('[DC1] a message that is written after the end is kept for the next page', async () => {
  const storage = new OutboxInMemory();
  const page = new WritingPage(storage);
  page.pending.open();
  page.pending.end();
  await page.write('one');
  expect([page.saidTexts, textsIn(storage)]).toEqual([[], ['one']]);
});
