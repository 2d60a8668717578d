import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as v from 'valibot';
import { textBody } from '#shared/conversation/body.ts';
import { conversationCommandSchema } from '#shared/conversation/commands.ts';
import { departmentIdSchema, newCommandId, newConversationId } from '#shared/ids.ts';
import { Outbox, type OutboxItem, type OutboxStorage } from './outbox.ts';
import { OutboxInMemory } from './testing/environment.ts';

const conversationId = newConversationId();
let mintedAt = 0;
const itemOf = (text: string): OutboxItem => ({
  conversationId,
  id: newCommandId(),
  after: 0,
  command: { type: 'message.send', body: textBody(text) },
  mintedAt: mintedAt++,
  refusal: null,
});
const textsIn = async (outbox: Outbox) =>
  (await outbox.all()).map(({ command }) => command.body.text);

const full: OutboxStorage = {
  write: () => Promise.reject(new DOMException('The disk is full.', 'QuotaExceededError')),
  all: async () => [],
};
const blocked: OutboxStorage = {
  write() {
    throw new DOMException('Storage is blocked.', 'SecurityError');
  },
  all() {
    throw new DOMException('Storage is blocked.', 'SecurityError');
  },
};
const silent: OutboxStorage = {
  write: () => new Promise(() => {}),
  all: () => new Promise(() => {}),
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('[DC1] what is in the outbox is there for the next page, in order, and what is removed is not', async () => {
  const storage = new OutboxInMemory();
  const [one, two, three] = [itemOf('one'), itemOf('two'), itemOf('three')];
  const outbox = new Outbox(storage);
  await outbox.write({ put: [one] });
  await outbox.write({ put: [two] });
  await outbox.write({ put: [three], remove: [one] });
  expect(await textsIn(new Outbox(storage))).toEqual(['two', 'three']);
});

test.each([
  ['is full', full],
  ['is blocked', blocked],
  ['does not answer', silent],
])(
  '[DC13] where storage %s, a message lives as long as the page, and that is told once',
  async (_, storage) => {
    const onRefused = vi.fn();
    const outbox = new Outbox(storage, onRefused);
    const [one, two] = [itemOf('one'), itemOf('two')];
    const kept = Promise.all([outbox.write({ put: [one] }), outbox.write({ put: [two] })]);
    await vi.advanceTimersByTimeAsync(5_000);
    await kept;
    expect(onRefused).toHaveBeenCalledTimes(1);
    const texts = textsIn(outbox);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await texts).toEqual(['one', 'two']);
    const removed = outbox.write({ remove: [one] });
    await vi.advanceTimersByTimeAsync(5_000);
    await removed;
    const left = textsIn(outbox);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await left).toEqual(['two']);
    expect(onRefused).toHaveBeenCalledTimes(1);
  },
);

test('[DC13] a storage that has not answered is not waited for again, until it answers', async () => {
  let answer = (_items: OutboxItem[]) => {};
  const slow: OutboxStorage = { ...silent, all: () => new Promise((done) => (answer = done)) };
  const outbox = new Outbox(slow);
  const first = outbox.all();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await first).toEqual([]);
  const written = outbox.write({ put: [itemOf('one')] });
  await vi.advanceTimersByTimeAsync(0);
  await written;

  answer([]);
  await vi.advanceTimersByTimeAsync(0);
  const read = outbox.all();
  await vi.advanceTimersByTimeAsync(1_000);
  answer([itemOf('two')]);
  expect((await read).map(({ command }) => command.body.text)).toEqual(['two', 'one']);
});

test('[DC13] what could only not be removed is nothing to tell anyone', async () => {
  const onRefused = vi.fn();
  await new Outbox(full, onRefused).write({ remove: [itemOf('one')] });
  expect(onRefused).not.toHaveBeenCalled();
});

test('[DC1] what two tabs have stored under one id is one message', async () => {
  const one = itemOf('one');
  const twice: OutboxStorage = {
    write: async () => {},
    all: async () => [one, { ...one, mintedAt: 9 }],
  };
  expect(await textsIn(new Outbox(twice))).toEqual(['one']);
});

test('[DC1] what an earlier version has left in the outbox is still sent', async () => {
  const { command: _, ...item } = itemOf('');
  const departmentId = v.parse(departmentIdSchema, 'sales');
  const opening = { departmentId, previousId: null, page: null, agentId: null };
  const left: OutboxStorage = {
    write: async () => {},
    all: async () => [
      { ...item, command: { type: 'conversation.open', ...opening, text: 'one' } },
      { ...item, id: newCommandId(), command: { type: 'message.send', text: 'two' } },
    ],
  };
  const commands = (await new Outbox(left).all()).map(({ command }) => command);
  expect(commands.map(({ body }) => body)).toEqual([textBody('one'), textBody('two')]);
  for (const command of commands) expect(v.is(conversationCommandSchema, command)).toBe(true);
});
