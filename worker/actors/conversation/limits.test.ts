// What a conversation takes of its people, and what it sends them at once.

import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import type { ConversationId } from '#shared/ids.ts';
import { eventually } from '../../testing/eventually.ts';
import {
  anAgent,
  aQueuedConversation,
  at,
  atDepartment,
  aServedConversation,
  codeOf,
  conversationOf,
  knock,
  saidIn,
  SALES,
  type Frame,
} from '../../testing/people.ts';
import { resetAll } from '../../testing/reset-all.ts';
import { Department } from '../department/actor.ts';

beforeEach(resetAll);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const say = (text: string) => ({ type: 'message.send', body: textBody(text) });
const PAGE_BYTES = 256 * 1024;
/** A state and receipts. */
const HEAD_BYTES = 4 * 1024;
const bytesOf = (frame: unknown) => new TextEncoder().encode(JSON.stringify(frame)).byteLength;
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

/** As the visitor's messages would have left it; the object is woken afterwards. */
async function fill(id: ConversationId, count: number, text: string): Promise<void> {
  await runInDurableObject(conversationOf(id), (_instance, { storage }) => {
    const { last, body } = storage.sql
      .exec<{ last: number; body: string }>(
        'SELECT seq AS last, body FROM event ORDER BY seq DESC LIMIT 1',
      )
      .one();
    for (let seq = last + 1; seq <= last + count; seq++) {
      const commandId = crypto.randomUUID();
      const like = JSON.parse(body) as object;
      const event = { ...like, seq, id: commandId, type: 'message.sent', body: textBody(text) };
      const by = { kind: 'visitor' };
      storage.sql.exec(
        'INSERT INTO event VALUES (?, ?, ?)',
        ...[seq, commandId, JSON.stringify({ ...event, by })],
      );
    }
  });
  await evictDurableObject(conversationOf(id));
}

test('[RL7] a visitor who writes too fast is told how long to wait, and loses nothing', async () => {
  const { id, visitor, wire, agentWire } = await aServedConversation(anAgent('Noor'));
  later(60);
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => wire.command(say(String(index)))),
  );
  const refused = answers.filter(({ type }) => type === 'refused');
  expect(refused.map(codeOf)).toEqual(['rate.limited', 'rate.limited']);
  expect(refused[0]).toMatchObject({ refusal: { details: { seconds: 10 } } });
  await agentWire.must(say('I am here'));
  // The object may sleep meanwhile: what was refused is not stored, what was taken is.
  await evictDurableObject(conversationOf(id));
  later(10);
  const again = await at(id, visitor);
  for (const text of ['10', '11']) await again.must(say(text));
  const said = saidIn((await at(id, visitor)).events());
  expect(said.filter((text) => /^\d+$/.test(String(text)))).toEqual(
    Array.from({ length: 12 }, (_, index) => String(index)),
  );
});

test('[RL7] an evicted conversation takes as much as any other, not more', async () => {
  const { id, visitor } = await aServedConversation(anAgent('Noor'));
  later(60);
  await evictDurableObject(conversationOf(id));
  const wire = await at(id, visitor);
  const answers = await Promise.all(
    Array.from({ length: 15 }, (_, index) => wire.command(say(String(index)))),
  );
  expect(answers.filter(({ type }) => type === 'refused')).toHaveLength(5);
});

test('[RL11] signals beyond five a second are dropped, and nobody is closed for them', async () => {
  const { wire, agentWire } = await aServedConversation(anAgent('Noor'));
  vi.setSystemTime(Date.now());
  const before = agentWire.frames.length;
  for (let time = 0; time < 100; time++) wire.signal({ type: 'typing', typing: time % 2 === 0 });
  await wire.must(say('That was me'));
  await agentWire.event('message.sent');
  const typing = agentWire.frames.slice(before).filter(({ type }) => type === 'signal');
  expect(typing.length).toBeGreaterThan(0);
  expect(typing.length).toBeLessThanOrEqual(12);
});

test('[RL12] a socket that goes on after a hundred refusals is closed with the seconds to wait', async () => {
  const { wire, agentWire } = await aServedConversation(anAgent('Noor'));
  vi.setSystemTime(Date.now());
  const closed = new Promise<CloseEvent>((resolve) =>
    wire.socket.addEventListener('close', resolve),
  );
  for (let time = 0; time < 150; time++) {
    wire.send({
      ...{ type: 'command', id: crypto.randomUUID(), after: 0 },
      command: say('again and again'),
    });
  }
  expect(await closed).toMatchObject({ code: 4429, reason: 'busy 10' });
  await agentWire.must(say('I am still here'));
});

test('[RL12] a socket that only talks too much is closed, others are not', async () => {
  const { id, visitor } = await aServedConversation(anAgent('Noor'));
  const [loud, other] = [await at(id, visitor), await at(id, visitor)];
  vi.setSystemTime(Date.now());
  for (let time = 0; time < 700; time++) loud.signal({ type: 'typing', typing: true });
  expect(await loud.closed).toBe(4429);
  await other.must(say('I am still here'));
});

test('[RL10] the ninth socket of a visitor closes the first, and no agent’s', async () => {
  const { id, visitor, wire, agentWire } = await aServedConversation(anAgent('Noor'));
  vi.setSystemTime(Date.now() + 1_000);
  for (let more = 0; more < 8; more++) await at(id, visitor);
  expect(await wire.closed).toBe(4429);
  await agentWire.must(say('I am still here'));
});

test('[RL13] a conversation ends its growth at 5,000 events, and its agent can still answer and end it', async () => {
  const { id, visitor, noor } = await filled(5_000, 'x');
  const wire = await at(id, visitor);
  expect(codeOf(await wire.command(say('One more')))).toBe('conversation.full');
  const agentWire = await at(id, noor);
  await agentWire.must(say('Please write in a new one'));
  await wire.must({ type: 'conversation.end', comment: null });
});

test('[RL13] a conversation ends its growth at 5 MB of its visitor’s', async () => {
  const { id, visitor } = await filled(90, '本'.repeat(18_000));
  const wire = await at(id, visitor);
  await wire.must(say('There is room for this'));
  await fill(id, 10, '本'.repeat(18_000));
  const again = await at(id, visitor);
  expect(codeOf(await again.command(say('One more')))).toBe('conversation.full');
});

async function filled(count: number, text: string) {
  const noor = anAgent('Noor');
  const { id, visitor } = await aServedConversation(noor);
  await fill(id, count, text);
  return { id, visitor, noor };
}

test('[RL14] a welcome and every page are bounded in bytes, and leave nothing out', async () => {
  const { id, visitor, noor } = await filled(110, '本'.repeat(5_000));
  const welcome = await (await knock(id, visitor)).hello();
  expect(bytesOf(welcome)).toBeLessThanOrEqual(PAGE_BYTES + HEAD_BYTES);
  expect(welcome).toMatchObject({ reset: true, hasEarlier: true });
  const snapshot = await conversationOf(id).snapshot(noor);
  expect(bytesOf(snapshot)).toBeLessThanOrEqual(PAGE_BYTES + HEAD_BYTES);

  let [first] = welcome['events'] as { seq: number }[];
  let pages = 0;
  let count = (welcome['events'] as unknown[]).length;
  while (first && first.seq > 1) {
    const outcome = await conversationOf(id).page(visitor, first.seq);
    if (!outcome.ok) throw new Error('a visitor reads their own');
    const { events, hasEarlier } = outcome.value;
    expect(bytesOf(events)).toBeLessThanOrEqual(PAGE_BYTES);
    expect(events.at(-1)?.seq).toBe(first.seq - 1);
    expect(hasEarlier).toBe((events[0]?.seq ?? 1) > 1);
    count += events.length;
    pages += 1;
    [first] = events;
  }
  expect(pages).toBeGreaterThan(4);
  expect(count).toBe(113);
});

test('[RL14] who lacks more than a page begins again with the last one', async () => {
  const { id, visitor, wire } = await aServedConversation(anAgent('Noor'));
  const { seq } = wire;
  await fill(id, 30, '本'.repeat(5_000));
  const welcome = await (await knock(id, visitor)).hello(seq);
  expect(welcome).toMatchObject({ reset: true, hasEarlier: true, seq: seq + 30 });
  expect(bytesOf(welcome)).toBeLessThanOrEqual(PAGE_BYTES + HEAD_BYTES);
  const resumed = await (await knock(id, visitor)).hello(seq + 20);
  expect(resumed).toMatchObject({ reset: false });
  expect(resumed['events']).toHaveLength(10);
});

const previewsOf = (id: ConversationId, frames: readonly Frame[]) =>
  frames
    .flatMap(({ events }) => (Array.isArray(events) ? (events as Frame[]) : []))
    .map(({ entry }) => entry as { conversationId: string; preview: string } | undefined)
    .filter((entry) => entry?.conversationId === id)
    .map((entry) => entry?.preview);

test('[RL15] a department hears of a waiting visitor’s messages together, and of the last one in any case', async () => {
  const watcher = await atDepartment(SALES, anAgent('Noor'));
  const { id, wire } = await aQueuedConversation();
  for (let index = 0; index < 9; index++) {
    await wire.must(say(String(index)));
    // The one that is put off is kept, wherever the object is when its time comes.
    if (index === 5) await evictDurableObject(conversationOf(id));
  }
  await eventually(() => expect(previewsOf(id, watcher.frames).at(-1)).toBe('8'));
  expect(previewsOf(id, watcher.frames).length).toBeLessThanOrEqual(6);
});

test('[RL15] a department is asked for a position once in five seconds, and every page is told it', async () => {
  const asked = vi.spyOn(Department.prototype, 'tellPosition');
  const { id, visitor } = await aQueuedConversation();
  await (await at(id, visitor)).heard(({ type }) => type === 'signal');
  const calls = asked.mock.calls.length;
  for (let page = 0; page < 4; page++) {
    const wire = await at(id, visitor);
    expect(await wire.heard(({ type }) => type === 'signal')).toMatchObject({
      signal: { type: 'queue' },
    });
  }
  expect(asked.mock.calls.length).toBe(calls);
});
