// Who is who to a conversation, and what that lets him do.

import type { AgentBy, Author, By, SystemBy } from '#shared/identity.ts';
import type { Permission } from '#shared/permissions.ts';
import { refuse, type Refused } from '#shared/refusals.ts';
import type { LiveConversation, ConversationState } from './state.ts';

export type Anybody = By | SystemBy;

/** Its visitor, its agents, whoever served it to its end, those of its department, and who may see all. */
export function mayRead(state: ConversationState, by: By): boolean {
  if (state.status === 'new') return by.kind === 'visitor';
  if (by.kind === 'visitor') return by.visitorId === state.visitor.id;
  return (
    takesPart(state, by) ||
    hasServed(state, by) ||
    by.departments.includes(state.departmentId) ||
    by.permissions.includes('conversation.view-all')
  );
}

/** Whether it is his: he serves it, or has it on hold. */
export function isServing(state: ConversationState, by: Anybody): boolean {
  if (state.status !== 'serving' && state.status !== 'held') return false;
  return by.kind === 'agent' && state.agent.id === by.agentId;
}

/** He serves it, or was invited to it. */
export function takesPart(state: ConversationState, by: Anybody): boolean {
  if (isServing(state, by)) return true;
  if (state.status === 'new' || by.kind !== 'agent') return false;
  return state.helpers.some(({ id }) => id === by.agentId);
}

/** He served it to its end. */
const hasServed = (state: ConversationState, by: AgentBy): boolean =>
  state.status === 'closed' && state.agent?.id === by.agentId;

/** How the log names whoever acted. */
export function authorOf(by: Anybody): Author {
  if (by.kind !== 'agent') return { kind: by.kind };
  return { kind: 'agent', id: by.agentId, name: by.name };
}

/** Null when he may act here: it is his, or he may do so with others'. */
export function strangerAt(
  state: LiveConversation,
  by: Anybody,
  others: Permission = 'conversation.manage-others',
): Refused | null {
  if (by.kind === 'system' || isServing(state, by)) return null;
  if (by.kind === 'visitor') return refuse('permission.missing', { permission: others });
  if (by.permissions.includes(others)) return null;
  return state.status === 'queued'
    ? refuse('conversation.not-taken')
    : refuse('conversation.not-yours', { agent: state.agent.name });
}

export function lacking(by: Anybody, permission: Permission): Refused | null {
  if (by.kind === 'agent' && by.permissions.includes(permission)) return null;
  return refuse('permission.missing', { permission });
}
