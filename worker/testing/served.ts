// Conversations that are under way, and what tests of their life do with them again and again.

import { runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, vi } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import type { ConversationId, DepartmentId } from '#shared/ids.ts';
import { eventually } from './eventually.ts';
import {
  anAgent,
  aQueuedConversation,
  at,
  atOwnStream,
  aVisitor,
  conversationOf,
  agentActorOf,
  positionIn,
  SALES,
  SUPPORT,
  type AgentOptions,
  type Frame,
} from './people.ts';

const COLLEAGUES = { departments: [SALES, SUPPORT] };

/** An agent who is online and available. */
export async function onDuty(name: string, options: AgentOptions = COLLEAGUES) {
  const agent = anAgent(name, options);
  await atOwnStream(agent);
  return agent;
}

/** Served by Noor, who has answered. */
export async function served(departmentId: DepartmentId = SALES) {
  const noor = await onDuty('Noor', { departments: [departmentId, SUPPORT] });
  const { id, visitor, wire } = await aQueuedConversation(aVisitor(), departmentId);
  const agentWire = await at(id, noor);
  const answer = await agentWire.command({ type: 'conversation.take' });
  // Where conversations are assigned automatically, routing may have been quicker.
  if (answer.type !== 'accepted') await agentWire.event('conversation.taken');
  await agentWire.must({ type: 'message.send', body: textBody('Good morning') });
  return { id, visitor, wire, noor, agentWire };
}

/** The agent's slots, as conversation and kind. */
export const slotsOf = async (agent: AgentPrincipal) =>
  (await agentActorOf(agent).snapshot()).slots.map(({ conversationId, as }) => [
    conversationId,
    as,
  ]);

/** Resolves once the conversation is in the department's queue. */
export const waits = (departmentId: DepartmentId, id: ConversationId) =>
  eventually(async () => expect(await positionIn(departmentId, id)).not.toBeNull());

export const forwardTo = (to: AgentPrincipal | DepartmentId, comment: string | null = null) => ({
  type: 'conversation.forward',
  to:
    typeof to === 'string'
      ? { kind: 'department', departmentId: to }
      : { kind: 'agent', agentId: to.agentId },
  comment,
});

export const hold = { type: 'conversation.hold' };
export const heardBy = (frames: readonly Frame[]) => JSON.stringify(frames);

/** Time passes, and the object's alarm rings, as it would. */
export async function passes(id: ConversationId, seconds: number): Promise<void> {
  vi.setSystemTime(Date.now() + seconds * 1000);
  await runDurableObjectAlarm(conversationOf(id));
}

/** Done, and known to the agent's departments. */
export async function inRoster<T>(agent: AgentPrincipal, act: () => Promise<T>): Promise<T> {
  const done = await act();
  for (const departmentId of agent.departments) {
    await eventually(async () => {
      const roster = await env.DEPARTMENT.getByName(departmentId).roster();
      const entry = roster.find(({ agentId }) => agentId === agent.agentId);
      expect(entry?.availability).toBe('available');
    });
  }
  return done;
}
