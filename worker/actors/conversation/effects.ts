// What the rest of the desk must learn from a conversation's change. Pure.

import type { ConversationState, OpenedConversation } from '#shared/conversation.ts';
import type { QueueEntry } from '#shared/department.ts';
import type { AgentId, ConversationId, DepartmentId } from '#shared/ids.ts';

export type ConversationEffect =
  | { to: 'queue'; departmentId: DepartmentId; entry: QueueEntry }
  | { to: 'queue-exit'; departmentId: DepartmentId; queuedAt: number; seq: number }
  | { to: 'place'; agentId: AgentId; held: boolean; seq: number }
  | { to: 'index'; state: OpenedConversation; seq: number };

/** @param seq of the last event that led to `after` */
export function effectsOf(
  conversationId: ConversationId,
  before: ConversationState,
  after: OpenedConversation,
  seq: number,
): ConversationEffect[] {
  const effects: ConversationEffect[] = [];
  const { departmentId } = after;
  if (after.status === 'queued') {
    effects.push({ to: 'queue', departmentId, entry: queueEntry(conversationId, after, seq) });
  } else if (before.status === 'queued') {
    effects.push({ to: 'queue-exit', departmentId, queuedAt: before.queuedAt, seq });
  }
  const agentBefore = before.status === 'serving' ? before.agent.id : null;
  const agentAfter = after.status === 'serving' ? after.agent.id : null;
  if (agentAfter !== agentBefore) {
    if (agentBefore) effects.push({ to: 'place', agentId: agentBefore, held: false, seq });
    if (agentAfter) effects.push({ to: 'place', agentId: agentAfter, held: true, seq });
  }
  if (after.status !== before.status) {
    effects.push({ to: 'index', state: after, seq });
  }
  return effects;
}

function queueEntry(
  conversationId: ConversationId,
  { visitor, queuedAt, lastMessage }: OpenedConversation,
  seq: number,
): QueueEntry {
  return {
    conversationId,
    seq,
    visitorName: visitor.name,
    queuedAt,
    preview: lastMessage?.preview ?? '',
  };
}
