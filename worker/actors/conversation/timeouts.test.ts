// What happens to a conversation by itself. The alarm is rung by hand; what it was set for shows in what it does.

import { evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import { eventually } from '../../testing/eventually.ts';
import { resetAll } from '../../testing/reset-all.ts';
import { departmentOf } from '../../testing/departments.ts';
import {
  anAgent,
  aQueuedConversation,
  at,
  atOwnStream,
  aVisitor,
  conversationOf,
  agentActorOf,
  SALES,
  stateOf,
  SUPPORT,
} from '../../testing/people.ts';
import { hold, onDuty, passes, served, slotsOf } from '../../testing/served.ts';

beforeEach(resetAll);
afterEach(() => void vi.useRealTimers());

test('[LF30] an agent who does not answer in time loses it to another, once', async () => {
  const TIMED = departmentOf('timed');
  const noor = await onDuty('Noor', { departments: [TIMED] });
  const { id, wire } = await aQueuedConversation(aVisitor(), TIMED);
  await wire.event('conversation.taken');
  const mara = await onDuty('Mara', { departments: [TIMED] });
  await evictDurableObject(conversationOf(id));
  await passes(id, 29);
  expect(await stateOf(id)).toMatchObject({ agent: { id: noor.agentId } });
  await passes(id, 1);
  await eventually(async () =>
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
  const stub = agentActorOf(agent);
  await eventually(async () => expect(await runDurableObjectAlarm(stub)).toBe(true));
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
  const own = await atOwnStream(noor);
  const { id } = await aQueuedConversation(aVisitor(), departmentId);
  await (await at(id, noor)).must({ type: 'conversation.take' });
  await eventually(async () => expect(await slotsOf(noor)).toHaveLength(1));
  own.close();
  await leaves(noor);
  await eventually(async () => expect(await stateOf(id)).toMatchObject(expected));
});

test('[LF29] what is on hold stays with an agent who goes offline, while what they serve goes back', async () => {
  const { id, noor, agentWire } = await served();
  await agentWire.must(hold);
  const other = await aQueuedConversation();
  await (await at(other.id, noor)).must({ type: 'conversation.take' });
  await eventually(async () => expect(await slotsOf(noor)).toHaveLength(2));
  await agentActorOf(noor).signOut();
  await eventually(async () => expect((await stateOf(other.id)).status).toBe('queued'));
  expect(await stateOf(id)).toMatchObject({ status: 'held', agent: { name: 'Noor' } });
});

test('[LF27] an agent who comes back in time loses nothing', async () => {
  const noor = anAgent('Noor');
  const own = await atOwnStream(noor);
  const { id } = await aQueuedConversation();
  const agentWire = await at(id, noor);
  await agentWire.must({ type: 'conversation.take' });
  own.close();
  await atOwnStream(noor);
  vi.setSystemTime(Date.now() + 31_000);
  await runDurableObjectAlarm(agentActorOf(noor));
  expect((await stateOf(id)).status).toBe('serving');
});
