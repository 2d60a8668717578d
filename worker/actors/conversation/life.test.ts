// The whole life of a conversation through real actors: forwarded, held, shared, and ended by itself.

import { evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import type { ConversationId, DepartmentId } from '#shared/ids.ts';
import { beginAnew } from '../../testing/begin-anew.ts';
import { departmentOf } from '../../testing/departments.ts';
import {
  anAgent,
  aQueuedConversation,
  at,
  atDesk,
  aVisitor,
  codeOf,
  conversationOf,
  deskOf,
  SALES,
  stateOf,
  SUPPORT,
  type Frame,
  positionIn,
} from '../../testing/desk.ts';

beforeEach(beginAnew);
afterEach(() => void vi.useRealTimers());

const COLLEAGUES = { departments: [SALES, SUPPORT] };

async function onDuty(name: string, options: Parameters<typeof anAgent>[1] = COLLEAGUES) {
  const agent = anAgent(name, options);
  await atDesk(agent);
  return agent;
}

/** Served by Noor, who has answered. */
async function served(departmentId: DepartmentId = SALES) {
  const noor = await onDuty('Noor', { departments: [departmentId, SUPPORT] });
  const { id, visitor, wire } = await aQueuedConversation(aVisitor(), departmentId);
  const agentWire = await at(id, noor);
  const answer = await agentWire.command({ type: 'conversation.take' });
  // Where the desk assigns by itself, it may have been quicker.
  if (answer.type !== 'accepted') await agentWire.event('conversation.taken');
  await agentWire.must({ type: 'message.send', body: textBody('Good morning') });
  return { id, visitor, wire, noor, agentWire };
}

const placesOf = async (agent: AgentPrincipal) =>
  (await deskOf(agent).snapshot()).slots.map(({ conversationId, as }) => [conversationId, as]);

const waits = (departmentId: DepartmentId, id: ConversationId) =>
  vi.waitFor(async () => expect(await positionIn(departmentId, id)).not.toBeNull());

const forwardTo = (to: AgentPrincipal | DepartmentId, comment: string | null = null) => ({
  type: 'conversation.forward',
  to:
    typeof to === 'string'
      ? { kind: 'department', departmentId: to }
      : { kind: 'agent', agentId: to.agentId },
  comment,
});

const hold = { type: 'conversation.hold' };
const heardBy = (frames: readonly Frame[]) => JSON.stringify(frames);

/** Time passes, and the object's alarm rings, as it would. */
async function passes(id: ConversationId, seconds: number): Promise<void> {
  vi.setSystemTime(Date.now() + seconds * 1000);
  await runDurableObjectAlarm(conversationOf(id));
}

test('[LF3] what is moved to the queue waits again, and the agent has the slot back', async () => {
  const { id, noor, agentWire } = await served();
  await agentWire.must({ type: 'conversation.requeue' });
  await waits(SALES, id);
  await vi.waitFor(async () => expect(await placesOf(noor)).toEqual([]));
  expect((await agentWire.command({ type: 'conversation.take' })).type).toBe('accepted');
});

test('[LF3] where the desk assigns, nothing is moved to the queue', async () => {
  const { agentWire } = await served(departmentOf('balanced'));
  expect(codeOf(await agentWire.command({ type: 'conversation.requeue' }))).toBe(
    'routing.automatic',
  );
});

test('[LF6] [LF10] a colleague to whom it is forwarded serves it, and reads the comment', async () => {
  const { id, wire, noor, agentWire } = await served();
  const mara = await onDuty('Mara');
  await agentWire.must(forwardTo(mara, 'They ask for you'));
  expect(await stateOf(id)).toMatchObject({ status: 'serving', agent: { name: 'Mara' } });
  await vi.waitFor(async () => expect(await placesOf(mara)).toEqual([[id, 'serving']]));
  await vi.waitFor(async () => expect(await placesOf(noor)).toEqual([]));
  await wire.event('conversation.forwarded');
  expect(heardBy((await at(id, mara)).frames)).toContain('They ask for you');
  expect(heardBy(wire.frames)).not.toContain('They ask for you');
});

test('[LF7] whoever can’t take it leaves it where it was', async () => {
  const { id, agentWire } = await served();
  const [away, offline, full] = [await onDuty('Mara'), anAgent('Omar'), anAgent('Tom')];
  const desk = await atDesk(away);
  await desk.must({ type: 'availability.set', availability: 'away' });
  await atDesk({ ...full, chatsAtMost: 1 });
  const other = await aQueuedConversation();
  await (await at(other.id, full)).must({ type: 'conversation.take' });
  const codes = [];
  for (const to of [away, offline, full]) {
    codes.push(codeOf(await agentWire.command(forwardTo(to))));
  }
  expect(codes).toEqual(['colleague.away', 'agent.unknown', 'colleague.full']);
  expect(await stateOf(id)).toMatchObject({ status: 'serving', agent: { name: 'Noor' } });
});

test('[LF8] a department to which it is forwarded gives it to one of its agents', async () => {
  const { id, agentWire } = await served();
  const BALANCED = departmentOf('balanced');
  const mara = await onDuty('Mara', { departments: [BALANCED] });
  await agentWire.must(forwardTo(BALANCED));
  await vi.waitFor(async () => expect(await placesOf(mara)).toEqual([[id, 'serving']]));
  expect(await stateOf(id)).toMatchObject({ departmentId: BALANCED, agent: { name: 'Mara' } });
});

test('[LF9] a department that can’t have it leaves it where it was', async () => {
  const { id, agentWire } = await served();
  const codes = [];
  for (const to of [departmentOf('disabled'), SALES, departmentOf('form')]) {
    codes.push(codeOf(await agentWire.command(forwardTo(to))));
  }
  expect(codes).toEqual(['department.disabled', 'forward.same-department', 'department.offline']);
  expect((await stateOf(id)).status).toBe('serving');
});

test('[LF13] only what the agent has answered is placed on hold', async () => {
  const { wire, agentWire } = await served();
  await wire.must({ type: 'message.send', body: textBody('And the pot?') });
  expect(codeOf(await agentWire.command(hold))).toBe('hold.visitor-waits');
  await agentWire.must({ type: 'message.send', body: textBody('The pot, too') });
  await agentWire.must(hold);
});

test('[LF14] on hold it takes no place, and agents can’t write', async () => {
  const { id, noor, agentWire } = await served();
  await agentWire.must(hold);
  await vi.waitFor(async () => expect(await placesOf(noor)).toEqual([[id, 'on-hold']]));
  const write = await agentWire.command({ type: 'message.send', body: textBody('Still there?') });
  expect(codeOf(write)).toBe('conversation.on-hold');
});

test('[LF37] the visitor is not told of holding and resuming', async () => {
  const { id, visitor, wire, agentWire } = await served();
  await agentWire.must(hold);
  const again = await at(id, visitor);
  await agentWire.must({ type: 'conversation.resume' });
  await agentWire.must({ type: 'message.send', body: textBody('Here I am') });
  await again.event('message.sent');
  expect(heardBy([...wire.frames, ...again.frames])).not.toMatch(
    /conversation\.(held|resumed)|"held"/,
  );
});

test('[LF15] resumed by hand it needs a place, and stays on hold without one', async () => {
  const { id, noor, agentWire } = await served();
  await agentWire.must(hold);
  await atDesk({ ...noor, chatsAtMost: 1 });
  const other = await aQueuedConversation();
  await (await at(other.id, noor)).must({ type: 'conversation.take' });
  expect(codeOf(await agentWire.command({ type: 'conversation.resume' }))).toBe('agent.full');
  expect((await stateOf(id)).status).toBe('held');
  await other.wire.must({ type: 'conversation.end', comment: null });
  await vi.waitFor(async () => expect(await placesOf(noor)).toEqual([[id, 'on-hold']]));
  await agentWire.must({ type: 'conversation.resume' });
  expect((await stateOf(id)).status).toBe('serving');
});

test('[LF16] the visitor’s message resumes it with the same agent, also after an eviction', async () => {
  const { id, wire, agentWire } = await served();
  await agentWire.must(hold);
  await evictDurableObject(conversationOf(id));
  await wire.must({ type: 'message.send', body: textBody('Here I am again') });
  expect(await stateOf(id)).toMatchObject({ status: 'serving', agent: { name: 'Noor' } });
});

test('[LF16] with that agent away, the next one gets it', async () => {
  const BALANCED = departmentOf('balanced');
  const { id, wire, noor, agentWire } = await served(BALANCED);
  await agentWire.must(hold);
  const mara = await onDuty('Mara', { departments: [BALANCED] });
  const desk = await atDesk(noor);
  await desk.must({ type: 'availability.set', availability: 'away' });
  await wire.must({ type: 'message.send', body: textBody('Here I am again') });
  await vi.waitFor(async () => expect(await placesOf(mara)).toEqual([[id, 'serving']]));
  await vi.waitFor(async () => expect(await placesOf(noor)).toEqual([]));
});

test('[LF16] with nobody free it waits at the place that its age deserves', async () => {
  const { id, wire, noor, agentWire } = await served();
  await agentWire.must(hold);
  const younger = await aQueuedConversation();
  await waits(SALES, younger.id);
  const desk = await atDesk(noor);
  await desk.must({ type: 'availability.set', availability: 'away' });
  await wire.must({ type: 'message.send', body: textBody('Here I am again') });
  await waits(SALES, id);
  expect(await positionIn(SALES, id)).toBe(1);
});

test('[LF19] [LF20] comment and tag are wanted where the settings say so', async () => {
  const { id, agentWire } = await served(departmentOf('strict'));
  const end = (comment: string | null, tags: string[]) =>
    agentWire.command({ type: 'conversation.end', comment, tags });
  expect(codeOf(await end(null, ['Order']))).toBe('ending.comment-required');
  expect(codeOf(await end('Sold', []))).toBe('ending.tags-required');
  expect(codeOf(await end('Sold', ['Cactus']))).toBe('tag.unknown');
  expect((await end('Sold', ['Order'])).type).toBe('accepted');
  expect(await stateOf(id)).toMatchObject({ comment: 'Sold', details: { tags: ['Order'] } });
});

test('[LF23] [LF25] [LF26] a colleague who is invited writes along, and leaves', async () => {
  const { id, wire, agentWire } = await served();
  const mara = await onDuty('Mara', { departments: [SUPPORT] });
  await agentWire.must({ type: 'agent.invite', agentId: mara.agentId });
  await vi.waitFor(async () => expect(await placesOf(mara)).toEqual([[id, 'helping']]));
  const helperWire = await at(id, mara);
  await helperWire.must({ type: 'message.send', body: textBody('It likes shade') });
  await vi.waitFor(() => expect(heardBy(wire.frames)).toContain('It likes shade'));
  await helperWire.must({ type: 'conversation.leave' });
  await vi.waitFor(async () => expect(await placesOf(mara)).toEqual([]));
  expect(codeOf(await helperWire.command({ type: 'message.send', body: textBody('x') }))).toBe(
    'conversation.unknown',
  );
});

test('[RT27] an agent who has no more to do with it hears that they are out, and nothing after it', async () => {
  const { id, wire, agentWire } = await served();
  const helper = await onDuty('Mara', { departments: [departmentOf('keeping')] });
  await agentWire.must({ type: 'agent.invite', agentId: helper.agentId });
  const helperWire = await at(id, helper);
  await helperWire.must({ type: 'conversation.leave' });
  await helperWire.event('agent.left');
  await wire.must({ type: 'message.send', body: textBody('My address is a secret') });
  expect(await helperWire.closed).toBe(4403);
  expect(heardBy(helperWire.frames)).not.toContain('a secret');
});

test('[DC10] of two who answer at once the later is asked first', async () => {
  const { wire, agentWire, id } = await served();
  const mara = await onDuty('Mara');
  await agentWire.must({ type: 'agent.invite', agentId: mara.agentId });
  const helperWire = await at(id, mara);
  await wire.must({ type: 'message.send', body: textBody('Sun or shade?') });
  await vi.waitFor(() => expect(heardBy(helperWire.frames)).toContain('Sun or shade?'));
  const after = helperWire.seq;
  await agentWire.must({ type: 'message.send', body: textBody('Sun') });
  const shade = { type: 'message.send', body: textBody('Shade') };
  const answer = await helperWire.command(shade, { after });
  expect(answer).toMatchObject({ refusal: { code: 'message.stale', details: { agent: 'Noor' } } });
  expect((await helperWire.command(shade)).type).toBe('accepted');
});

test('[LF35] [LF36] [LF37] details are recorded, and only for agents', async () => {
  const { id, wire, agentWire } = await served();
  await agentWire.must({ type: 'details.set', topic: 'Ferns', priority: 'urgent' });
  await agentWire.must({ type: 'details.set', topic: 'Ferns', priority: 'low' });
  const changes = agentWire.events().filter(({ type }) => type === 'details.changed');
  expect(changes).toMatchObject([{ topic: 'Ferns', priority: 'urgent' }, { priority: 'low' }]);
  expect(changes[1]).not.toHaveProperty('topic');
  expect((await stateOf(id)).details).toMatchObject({ topic: 'Ferns', priority: 'low' });
  await agentWire.must({ type: 'message.send', body: textBody('Noted') });
  await vi.waitFor(() => expect(heardBy(wire.frames)).toContain('Noted'));
  expect(heardBy(wire.frames)).not.toContain('Ferns');
});

// --- By itself. The alarm is rung by hand; when it is set for is told by what it does.

test('[LF30] who does not answer in time loses it to another, once', async () => {
  const TIMED = departmentOf('timed');
  const noor = await onDuty('Noor', { departments: [TIMED] });
  const { id, wire } = await aQueuedConversation(aVisitor(), TIMED);
  await wire.event('conversation.taken');
  const mara = await onDuty('Mara', { departments: [TIMED] });
  await evictDurableObject(conversationOf(id));
  await passes(id, 29);
  expect(await stateOf(id)).toMatchObject({ agent: { id: noor.agentId } });
  await passes(id, 1);
  await vi.waitFor(async () =>
    expect(await stateOf(id)).toMatchObject({ status: 'serving', agent: { id: mara.agentId } }),
  );
  await passes(id, 60);
  expect(await stateOf(id)).toMatchObject({ agent: { id: mara.agentId } });
});

test('[LF31] [LF17] a visitor’s silence puts it on hold, and after its time it ends', async () => {
  const { id, visitor } = await served(departmentOf('timed'));
  await passes(id, 60);
  expect((await stateOf(id)).status).toBe('held');
  await passes(id, 599);
  expect((await stateOf(id)).status).toBe('held');
  await passes(id, 1);
  expect((await stateOf(id)).status).toBe('closed');
  // The visitor's line was silent for too long; they come back to the page.
  const ended = await (await at(id, visitor)).event('conversation.ended');
  expect(ended).toMatchObject({ message: 'We close this.' });
});

test('[LF31] a visitor’s silence ends it, and tells them', async () => {
  const { id, wire, agentWire } = await served(departmentOf('closing'));
  vi.setSystemTime(Date.now() + 40_000);
  await wire.must({ type: 'message.send', body: textBody('Wait') });
  await agentWire.must({ type: 'message.send', body: textBody('I do') });
  await passes(id, 59);
  expect((await stateOf(id)).status).toBe('serving');
  await passes(id, 1);
  expect(await wire.event('conversation.ended')).toMatchObject({
    because: 'visitor-silent',
    message: 'Goodbye.',
  });
});

test('[LF32] [LF34] what has waited too long ends once, also when the alarm rings twice', async () => {
  const { id, wire } = await aQueuedConversation(aVisitor(), departmentOf('timed'));
  await passes(id, 119);
  expect((await stateOf(id)).status).toBe('queued');
  await passes(id, 1);
  await passes(id, 0);
  expect(await wire.event('conversation.ended')).toMatchObject({
    message: 'Nobody is free today.',
  });
  expect(wire.events().filter(({ type }) => type === 'conversation.ended')).toHaveLength(1);
});

/** The agent's last tab has gone, and the grace period after it. */
async function leaves(agent: AgentPrincipal): Promise<void> {
  const stub = deskOf(agent);
  await vi.waitFor(async () => expect(await runDurableObjectAlarm(stub)).toBe(true));
  vi.setSystemTime(Date.now() + 31_000);
  await runDurableObjectAlarm(stub);
}

test.each([
  ['requeue', SALES, { status: 'queued', departmentId: SALES }],
  ['close', departmentOf('closing'), { status: 'closed' }],
  ['keep', departmentOf('keeping'), { status: 'serving' }],
  ['forward', departmentOf('passing'), { status: 'queued', departmentId: SUPPORT }],
] as const)('[LF27] when its agent goes offline: %s', async (_action, departmentId, expected) => {
  const noor = anAgent('Noor', { departments: [departmentId] });
  const desk = await atDesk(noor);
  const { id } = await aQueuedConversation(aVisitor(), departmentId);
  await (await at(id, noor)).must({ type: 'conversation.take' });
  await vi.waitFor(async () => expect(await placesOf(noor)).toHaveLength(1));
  desk.close();
  await leaves(noor);
  await vi.waitFor(async () => expect(await stateOf(id)).toMatchObject(expected));
});

test('[LF27] [LF29] who comes back in time loses nothing, and what is on hold stays', async () => {
  const noor = anAgent('Noor');
  const desk = await atDesk(noor);
  const { id } = await aQueuedConversation();
  const agentWire = await at(id, noor);
  await agentWire.must({ type: 'conversation.take' });
  desk.close();
  await atDesk(noor);
  vi.setSystemTime(Date.now() + 31_000);
  await runDurableObjectAlarm(deskOf(noor));
  expect((await stateOf(id)).status).toBe('serving');
});

test('[LF22] who writes after the end opens a conversation that names the last', async () => {
  const { id, visitor, wire } = await served();
  await wire.must({ type: 'conversation.end', comment: null });
  expect(
    codeOf(await wire.command({ type: 'message.send', body: textBody('One more thing') })),
  ).toBe('conversation.closed');
  const next = await aQueuedConversation(visitor, SALES, id);
  expect(await stateOf(next.id)).toMatchObject({ previousId: id });
});
