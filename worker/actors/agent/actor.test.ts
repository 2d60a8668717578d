import { evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, test, vi } from 'vitest';
import type { SlotKind } from '#shared/agent.ts';
import { newConversationId, newVisitorId, type ConversationId } from '#shared/ids.ts';
import { eventually } from '../../testing/eventually.ts';
import {
  anAgent,
  aQueuedConversation,
  aServedConversation,
  at,
  atDepartment,
  atOwnStream,
  codeOf,
  agentActorOf,
  SALES,
} from '../../testing/people.ts';

const LIMIT = 5;
const take = { type: 'conversation.take' };
const request = () => ({
  conversationId: newConversationId(),
  departmentId: SALES,
  seq: 1,
  as: 'serving' as const,
});

test('[AG1] an agent who is away gets no slot', async () => {
  const { id } = await aQueuedConversation();
  const agent = anAgent('Noor');
  const wire = await at(id, agent);
  expect(codeOf(await wire.command(take))).toBe('agent.away');
  await atOwnStream(agent);
  expect((await wire.command(take)).type).toBe('accepted');
});

test('[AG2] slots end at the limit, and an ended conversation gives its slot back', async () => {
  const agent = anAgent('Noor');
  const own = await atOwnStream(agent);
  const taken = [];
  for (let count = 0; count < LIMIT; count += 1) {
    const { id } = await aQueuedConversation();
    taken.push(await at(id, agent));
    expect((await taken.at(-1)?.command(take))?.type).toBe('accepted');
  }
  const { id } = await aQueuedConversation();
  const onemore = await at(id, agent);
  expect(codeOf(await onemore.command(take))).toBe('agent.full');
  const released = own.event('slot.released');
  await taken[0]?.command({ type: 'conversation.end', comment: null });
  await released;
  expect((await onemore.command(take)).type).toBe('accepted');
});

test('[AG2] takes at the same instant never overfill an agent', async () => {
  const agent = anAgent('Noor');
  await atOwnStream(agent);
  const wires = await Promise.all(
    Array.from({ length: LIMIT + 4 }, async () => at((await aQueuedConversation()).id, agent)),
  );
  const answers = await Promise.all(wires.map((wire) => wire.command(take)));
  expect(answers.filter(({ type }) => type === 'accepted')).toHaveLength(LIMIT);
});

test('[AG3] a slot that no conversation confirms is free again after half a minute', async () => {
  const agent = anAgent('Noor');
  await atOwnStream(agent);
  const stub = agentActorOf(agent);
  for (let count = 0; count < LIMIT; count += 1) await stub.reserveSlot(request());
  expect((await stub.reserveSlot(request())).ok).toBe(false);
  vi.setSystemTime(Date.now() + 31_000);
  try {
    expect((await stub.reserveSlot(request())).ok).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

test('[AG4] an old update changes nothing, and the same one twice is once', async () => {
  const agent = anAgent('Noor');
  const stub = agentActorOf(agent);
  const [conversationId, visitorId] = [newConversationId(), newVisitorId()];
  const say = (as: SlotKind | null, seq: number) =>
    stub.confirmSlot({ conversationId, departmentId: SALES, visitorId, as, seq });
  await say(null, 7);
  await say('serving', 5);
  expect((await stub.snapshot()).slots).toEqual([]);
  await say('serving', 9);
  await evictDurableObject(stub);
  await say('serving', 9);
  expect((await stub.snapshot()).slots).toEqual([{ conversationId, as: 'serving' }]);
});

test('[AG5] what an agent takes shows in every tab of theirs', async () => {
  const agent = anAgent('Noor');
  const other = await atOwnStream(agent);
  const held = other.event('slot.held');
  const { id } = await aServedConversation(agent);
  expect(await held).toMatchObject({ conversationId: id });
});

test('[AG6] availability is kept over an eviction and told to their departments', async () => {
  const agent = anAgent('Mara');
  const watcher = await atDepartment(SALES, anAgent('Noor'));
  const told = watcher.next(({ events }) =>
    JSON.stringify(events ?? []).includes('"availability":"available"'),
  );
  await atOwnStream(agent);
  expect(JSON.stringify(await told)).toContain('Mara');
  await evictDurableObject(agentActorOf(agent));
  expect((await agentActorOf(agent).snapshot()).availability).toBe('available');
});

test('[AG7] [AG11] an agent is online until the grace period after their last tab has passed, and then away', async () => {
  const agent = anAgent('Mara');
  const own = await atOwnStream(agent);
  const sales = env.DEPARTMENT.getByName(SALES);
  const isOnline = async () => {
    const state = await sales.snapshot(agent);
    if (!state.ok) throw new Error('not a member');
    return state.value.roster.find(({ agentId }) => agentId === agent.agentId)?.online;
  };
  await eventually(async () => expect(await isOnline()).toBe(true));
  own.close();
  await own.closed;
  expect(await isOnline()).toBe(true);
  vi.setSystemTime(Date.now() + 31_000);
  try {
    // One who asks before the alarm hears the same.
    await eventually(async () =>
      expect((await agentActorOf(agent).snapshot()).availability).toBe('away'),
    );
    await eventually(async () =>
      expect(await runDurableObjectAlarm(agentActorOf(agent))).toBe(true),
    );
    await eventually(async () => expect(await isOnline()).toBe(false));
    expect((await agentActorOf(agent).snapshot()).availability).toBe('away');
  } finally {
    vi.useRealTimers();
  }
});

test('[AG9] a tab whose line died without a word does not keep its agent online', async () => {
  const agent = anAgent('Mara');
  const own = await atOwnStream(agent);
  const roster = async () => {
    const state = await env.DEPARTMENT.getByName(SALES).snapshot(agent);
    if (!state.ok) throw new Error('not a member');
    return state.value.roster.find(({ agentId }) => agentId === agent.agentId)?.online;
  };
  await eventually(async () => expect(await roster()).toBe(true));
  vi.setSystemTime(Date.now() + 301_000);
  try {
    await runDurableObjectAlarm(agentActorOf(agent));
    expect(await own.closed).toBe(4409);
    await eventually(async () => {
      vi.setSystemTime(Date.now() + 31_000);
      await runDurableObjectAlarm(agentActorOf(agent));
      expect(await roster()).toBe(false);
    });
  } finally {
    vi.useRealTimers();
  }
});

test('[AG8] [AC10] signing out everywhere closes all tabs, at the queues and the conversations, too', async () => {
  const agent = anAgent('Mara');
  const [own, queue] = [await atOwnStream(agent), await atDepartment(SALES, agent)];
  const { id, visitor, agentWire } = await aServedConversation(agent);
  await eventually(async () => {
    expect((await agentActorOf(agent).snapshot()).slots).toHaveLength(1);
  });
  await agentActorOf(agent).signOut();
  for (const wire of [own, queue, agentWire]) expect(await wire.closed).toBe(4401);
  expect((await (await at(id, visitor)).hello()).type).toBe('welcome');
});

test('[AG8] a colleague stays where they are', async () => {
  const [mara, noor] = [anAgent('Mara'), anAgent('Noor')];
  const queue = await atDepartment(SALES, noor);
  await agentActorOf(mara).signOut();
  expect((await queue.hello()).type).toBe('welcome');
});

test('[AG10] a draft goes along to the agent’s other tabs, survives an eviction, and ends with the conversation', async () => {
  const agent = anAgent('Mara');
  const { id, agentWire, own } = await aServedConversation(agent);
  const other = await atOwnStream(agent);
  const kept = other.event('draft.kept');
  await own.command({ type: 'draft.keep', conversationId: id, text: 'Half a sent' });
  expect(await kept).toMatchObject({ conversationId: id, text: 'Half a sent' });
  expect(own.events().some(({ type }) => type === 'draft.kept')).toBe(false);
  await evictDurableObject(agentActorOf(agent));
  expect((await agentActorOf(agent).snapshot()).drafts).toEqual({ [id]: 'Half a sent' });
  const released = other.event('slot.released');
  await agentWire.command({ type: 'conversation.end', comment: null });
  await released;
  expect((await agentActorOf(agent).snapshot()).drafts).toEqual({});
});

const keep = (conversationId: string, text: string) =>
  ({ type: 'draft.keep', conversationId, text }) as const;

test('[AG12] no draft is kept for a conversation that the agent has nothing to do with', async () => {
  const own = await atOwnStream(anAgent('Mara', { departments: [] }));
  const { id } = await aQueuedConversation();
  expect(codeOf(await own.command(keep(id, 'Hello')))).toBe('conversation.unknown');
  expect((await own.command(keep(id, ''))).type).toBe('accepted');
});

test('[AG12] drafts end at 50 and at 256 kB, which one that is cleared makes room in', async () => {
  const agent = anAgent('Mara');
  const own = await atOwnStream(agent);
  const ids = Array.from({ length: 51 }, newConversationId);
  for (const id of ids) await agentActorOf(agent).noteOpened(id, Date.now());
  const [first, second] = ids as [ConversationId, ConversationId];
  for (const id of ids.slice(0, 14)) await own.must(keep(id, '語'.repeat(6_000)));
  expect(codeOf(await own.command(keep(ids[14] ?? first, '語'.repeat(6_000))))).toBe('drafts.full');
  for (const id of ids.slice(0, 50)) await own.must(keep(id, 'Half a sent'));
  expect(codeOf(await own.command(keep(ids[50] ?? first, 'One more')))).toBe('drafts.full');
  await own.must(keep(second, 'Half a sentence'));
  await own.must(keep(first, ' '));
  await own.must(keep(ids[50] ?? first, 'One more'));
});
