// What each principal is to a conversation, and what that lets them do.

import type { ChannelPrincipal, Principal, VisitorPrincipal } from '#shared/identity.ts';
import type { AgentId } from '#shared/ids.ts';
import type { Permission } from '#shared/permissions.ts';
import { refuse, type Refused } from '#shared/refusals.ts';
import type { ConversationState, OpenedConversation } from './state.ts';

/** Whether their words are the visitor's: typed in the widget, or brought by a platform. */
export const isVisitor = (by: Principal): by is VisitorPrincipal | ChannelPrincipal =>
  by.kind === 'visitor' || by.kind === 'channel';

/**
 * Its visitor, its agents, the agent who served it to its end, the agents of its department, those whom a note
 * mentions, and all who may see every conversation.
 */
export function mayRead(state: ConversationState, by: Principal): boolean {
  if (by.kind === 'system') return true;
  if (state.status === 'new') return isVisitor(by);
  if (isVisitor(by)) return by.visitorId === state.visitor.id;
  if (by.permissions.includes('conversation.view-all')) return true;
  return (
    by.kind === 'agent' &&
    (takesPart(state, by) ||
      hasServed(state, by) ||
      by.departments.includes(state.departmentId) ||
      state.mentioned.includes(by.agentId))
  );
}

/**
 * Those who may read it whatever its department is: who serves it or did so to its end, who was invited, and whom a note
 * mentions.
 */
export function readersOf(state: OpenedConversation): AgentId[] {
  const agent = state.status === 'queued' ? null : state.agent;
  const invited = state.helpers.map(({ id }) => id);
  return [...new Set([...(agent ? [agent.id] : []), ...invited, ...state.mentioned])];
}

/** Whether it is theirs: they serve it, or have it on hold. */
export function isServing(state: ConversationState, by: Principal): boolean {
  if (state.status !== 'serving' && state.status !== 'held') return false;
  return by.kind === 'agent' && state.agent.id === by.agentId;
}

/** They serve it, or were invited to it. */
export function takesPart(state: ConversationState, by: Principal): boolean {
  if (isServing(state, by)) return true;
  if (state.status === 'new' || by.kind !== 'agent') return false;
  return state.helpers.some(({ id }) => id === by.agentId);
}

/** Whether they are heard while they type or read: the visitor, and the agents who take part. */
export const talksIn = (state: ConversationState, by: Principal): boolean =>
  state.status !== 'new' && (isVisitor(by) ? mayRead(state, by) : takesPart(state, by));

const hasServed = (state: ConversationState, by: Principal): boolean =>
  state.status === 'closed' && by.kind === 'agent' && state.agent?.id === by.agentId;

/** Null when they may act here: it is theirs, or was to its end, or they may do so with other agents' conversations. */
export function requireAssignee(
  state: OpenedConversation,
  by: Principal,
  others: Permission = 'conversation.manage-others',
): Refused | null {
  if (isServing(state, by) || hasServed(state, by) || mayDo(by, others)) return null;
  if (by.kind !== 'agent') return refuse('permission.missing', { permission: others });
  if (state.status === 'queued') return refuse('conversation.not-taken');
  return state.agent
    ? refuse('conversation.not-yours', { agent: state.agent.name })
    : refuse('permission.missing', { permission: others });
}

export function requirePermission(by: Principal, permission: Permission): Refused | null {
  return mayDo(by, permission) ? null : refuse('permission.missing', { permission });
}

const mayDo = (by: Principal, permission: Permission): boolean =>
  (by.kind === 'agent' || by.kind === 'integration') && by.permissions.includes(permission);
