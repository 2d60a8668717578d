// What an agent does not even see on their devices is told to others, where the settings say so.

import { evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test';
import { afterEach, expect, test, vi } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import type { ConversationId, DepartmentId } from '#shared/ids.ts';
import { departmentOf } from '../../testing/departments.ts';
import { eventually } from '../../testing/eventually.ts';
import {
  agentActorOf,
  anAgent,
  aQueuedConversation,
  at,
  atOwnStream,
  aVisitor,
  conversationOf,
  type Frame,
} from '../../testing/people.ts';
import { usePushService } from '../../testing/push.ts';
import { inRoster } from '../../testing/served.ts';

const HELPFUL = departmentOf('helpful');
usePushService();
afterEach(() => vi.useRealTimers());

async function passes(agent: AgentPrincipal, seconds: number): Promise<void> {
  vi.setSystemTime(Date.now() + seconds * 1000);
  await runDurableObjectAlarm(agentActorOf(agent));
}

/** Mara serves a visitor, who has written; her colleagues are there. */
async function scene(departmentId: DepartmentId, colleagues: number) {
  const options = { departments: [departmentId] };
  const mara = anAgent('Mara', options);
  const own = await inRoster(mara, () => atOwnStream(mara));
  const others = await Promise.all(
    Array.from({ length: colleagues }, async (_, index) => {
      const colleague = anAgent(`Colleague${index}`, options);
      return inRoster(colleague, () => atOwnStream(colleague));
    }),
  );
  const { id, wire: visitor } = await aQueuedConversation(aVisitor(), departmentId);
  const wire = await at(id, mara);
  await wire.must({ type: 'conversation.take' });
  await own.event('slot.held');
  await visitor.must({ type: 'message.send', body: textBody('Are you there?') });
  await own.must({ type: 'alert.unseen', conversationId: id, departmentId, seq: visitor.seq });
  return { mara, own, others, id, visitor, wire };
}

const raisedIn = (own: { events: () => Frame[] }) =>
  own.events().filter(({ type }) => type === 'alert.raised');

const escalations = (wire: { events: () => Frame[] }) =>
  wire.events().filter(({ type }) => type === 'alert.escalated');

const about = (id: ConversationId) => ({ alert: { reason: 'unanswered', about: id } });

test('[AL7] a colleague is told once, evictions in between or not, and the log says so to agents alone', async () => {
  const { mara, others, id, visitor, wire } = await scene(HELPFUL, 2);
  await passes(mara, 25);
  await evictDurableObject(agentActorOf(mara));
  await passes(mara, 65);
  await eventually(() => expect(escalations(wire)).toMatchObject([{ to: 'colleague' }]));
  await eventually(() => expect(others.flatMap(raisedIn)).toMatchObject([about(id)]));
  await passes(mara, 600);
  expect([escalations(wire).length, escalations(visitor).length]).toEqual([1, 0]);
});

test('[AL7] the whole department is told where the settings say so', async () => {
  const { mara, own, others, id, wire } = await scene(departmentOf('alarmed'), 3);
  await passes(mara, 25);
  await passes(mara, 35);
  await eventually(() => expect(escalations(wire)).toMatchObject([{ to: 'department' }]));
  for (const other of others) {
    await eventually(() => expect(raisedIn(other)).toMatchObject([about(id)]));
  }
  expect(raisedIn(own)).toEqual([]);
});

test('[AL7] an agent who has answered in the meantime is not passed over', async () => {
  const { mara, others, wire } = await scene(HELPFUL, 1);
  await passes(mara, 25);
  await wire.must({ type: 'message.send', body: textBody('I am') });
  await passes(mara, 65);
  expect([escalations(wire), ...others.map(raisedIn)]).toEqual([[], []]);
});

test('[AL7] without such a setting it ends with the push', async () => {
  const { mara, wire } = await scene(departmentOf('keeping'), 1);
  await passes(mara, 25);
  await passes(mara, 3600);
  expect(escalations(wire)).toEqual([]);
});

test('[AL16] the agent who serves is called before a promise is broken, once', async () => {
  const { mara, others, id, visitor, wire } = await scene(departmentOf('keeping'), 1);
  await wire.must({ type: 'details.set', sla: 'gold' });
  // After ten minutes a client connects again.
  vi.setSystemTime(Date.now() + 11 * 60_000);
  const own = await atOwnStream(mara);
  const again = await at(id, mara);
  for (let twice = 0; twice < 2; twice++) await runDurableObjectAlarm(conversationOf(id));
  expect(await again.event('sla.warned')).toMatchObject({ sla: 'gold', by: { kind: 'system' } });
  await eventually(() => {
    expect(raisedIn(own)).toMatchObject([{ alert: { reason: 'sla', about: id } }]);
  });
  await passes(mara, 30);
  expect(again.events().filter(({ type }) => type === 'sla.warned')).toHaveLength(1);
  expect([raisedIn(own).length, others.flatMap(raisedIn)]).toEqual([1, []]);
  expect(visitor.events().filter(({ type }) => type === 'sla.warned')).toEqual([]);
});
