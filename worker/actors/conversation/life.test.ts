// The life of a conversation through real actors: forwarded, held, shared, described, ended.

import { evictDurableObject } from 'cloudflare:test';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import { eventually } from '../../testing/eventually.ts';
import { resetAll } from '../../testing/reset-all.ts';
import { departmentOf } from '../../testing/departments.ts';
import {
  anAgent,
  aQueuedConversation,
  at,
  atOwnStream,
  codeOf,
  conversationOf,
  positionIn,
  SALES,
  stateOf,
  SUPPORT,
} from '../../testing/people.ts';
import { forwardTo, heardBy, hold, onDuty, served, slotsOf, waits } from '../../testing/served.ts';

beforeEach(resetAll);
afterEach(() => void vi.useRealTimers());

test('[LF3] what is moved to the queue waits again, and the agent has the slot back', async () => {
  const { id, noor, agentWire } = await served();
  await agentWire.must({ type: 'conversation.requeue' });
  await waits(SALES, id);
  await eventually(async () => expect(await slotsOf(noor)).toEqual([]));
  expect((await agentWire.command({ type: 'conversation.take' })).type).toBe('accepted');
});

test('[LF3] where conversations are assigned automatically, none is moved to the queue', async () => {
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
  await eventually(async () => expect(await slotsOf(mara)).toEqual([[id, 'serving']]));
  await eventually(async () => expect(await slotsOf(noor)).toEqual([]));
  await wire.event('conversation.forwarded');
  expect(heardBy((await at(id, mara)).frames)).toContain('They ask for you');
  expect(heardBy(wire.frames)).not.toContain('They ask for you');
});

test('[LF7] a colleague who can’t take it leaves it where it was', async () => {
  const { id, agentWire } = await served();
  const [away, offline, full] = [
    await onDuty('Mara'),
    anAgent('Omar'),
    anAgent('Tom', { maxConversations: 1 }),
  ];
  const own = await atOwnStream(away);
  await own.must({ type: 'availability.set', availability: 'away' });
  await atOwnStream(full);
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
  await eventually(async () => expect(await slotsOf(mara)).toEqual([[id, 'serving']]));
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

test('[LF14] on hold it does not count, and agents can’t write', async () => {
  const { id, noor, agentWire } = await served();
  await agentWire.must(hold);
  await eventually(async () => expect(await slotsOf(noor)).toEqual([[id, 'on-hold']]));
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

test('[LF15] resumed by hand it needs a slot, and stays on hold without one', async () => {
  const { id, noor, agentWire } = await served();
  await agentWire.must(hold);
  await atOwnStream({ ...noor, maxConversations: 1 });
  const other = await aQueuedConversation();
  await (await at(other.id, noor)).must({ type: 'conversation.take' });
  expect(codeOf(await agentWire.command({ type: 'conversation.resume' }))).toBe('agent.full');
  expect((await stateOf(id)).status).toBe('held');
  await other.wire.must({ type: 'conversation.end', comment: null });
  await eventually(async () => expect(await slotsOf(noor)).toEqual([[id, 'on-hold']]));
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
  const own = await atOwnStream(noor);
  await own.must({ type: 'availability.set', availability: 'away' });
  await wire.must({ type: 'message.send', body: textBody('Here I am again') });
  await eventually(async () => expect(await slotsOf(mara)).toEqual([[id, 'serving']]));
  await eventually(async () => expect(await slotsOf(noor)).toEqual([]));
});

test('[LF16] with nobody free it waits at the position that its age deserves', async () => {
  const { id, wire, noor, agentWire } = await served();
  await agentWire.must(hold);
  const younger = await aQueuedConversation();
  await waits(SALES, younger.id);
  const own = await atOwnStream(noor);
  await own.must({ type: 'availability.set', availability: 'away' });
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
  await eventually(async () => expect(await slotsOf(mara)).toEqual([[id, 'helping']]));
  const helperWire = await at(id, mara);
  await helperWire.must({ type: 'message.send', body: textBody('It likes shade') });
  await eventually(() => expect(heardBy(wire.frames)).toContain('It likes shade'));
  await helperWire.must({ type: 'conversation.leave' });
  await eventually(async () => expect(await slotsOf(mara)).toEqual([]));
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
  await eventually(() => expect(heardBy(helperWire.frames)).toContain('Sun or shade?'));
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
  await eventually(() => expect(heardBy(wire.frames)).toContain('Noted'));
  expect(heardBy(wire.frames)).not.toContain('Ferns');
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
