// What a conversation has to say to an agent who may not have seen it. Pure.

import { pathOfConversation, type Alert, type AlertReason } from '#shared/alerts/alert.ts';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import type { ConversationState, LiveConversation } from '#shared/conversation/state.ts';
import type { AgentId, ConversationId } from '#shared/ids.ts';
import type { Receipts } from '#shared/receipts.ts';
import { slotsIn } from './effects.ts';

interface Head {
  readonly seq: number;
  readonly state: ConversationState;
  readonly receipts: Receipts;
}

/**
 * Null when there is nothing that still needs the agent, or they have seen it.
 * @param agentId null: any agent of the department
 * @param reason why they were called
 */
export function alertOf(
  id: ConversationId,
  { state, seq, receipts }: Head,
  agentId: AgentId | null,
  reason: AlertReason,
): Alert | null {
  if (state.status === 'new' || state.status === 'closed') return null;
  const still = reasonNow(state, receipts, agentId, reason);
  const { visitor, departmentId, lastMessage } = state;
  return (
    still && {
      reason: still,
      about: id,
      // What is not about a message comes after all that the agent may have seen.
      seq: still === 'sla' || still === 'unanswered' ? seq : (lastMessage?.seq ?? 0),
      name: visitor.name,
      departmentId,
      text: lastMessage?.from === 'visitor' ? lastMessage.preview : '',
      path: pathOfConversation(id),
    }
  );
}

function reasonNow(
  state: LiveConversation,
  receipts: Receipts,
  agentId: AgentId | null,
  reason: AlertReason,
): AlertReason | null {
  const waits = state.turn?.of === 'agent';
  if (reason === 'sla') return waits ? reason : null;
  if (state.status === 'queued') return 'queued';
  if (agentId === null || !slotsIn(state).has(agentId))
    return reason === 'unanswered' && waits ? reason : null;
  if (!isUnseen(state, receipts, agentId)) return null;
  return reason === 'assigned' || reason === 'invited' ? reason : 'message';
}

function isUnseen(
  { lastMessage, lastReply }: LiveConversation,
  receipts: Receipts,
  agentId: AgentId,
): boolean {
  if (!lastMessage || lastMessage.seq <= (receipts[agentId]?.seen ?? 0)) return false;
  return !(lastReply?.seq === lastMessage.seq && lastReply.agent.id === agentId);
}

/** Those whom a visitor's message is for and who have no tab in which it could show. */
export function absentReaders(
  events: readonly ConversationEvent[],
  state: ConversationState,
  isHere: (agentId: AgentId) => boolean,
): AgentId[] {
  const isWritten = events.some(({ type, by }) => type === 'message.sent' && by.kind === 'visitor');
  return isWritten ? [...slotsIn(state).keys()].filter((agentId) => !isHere(agentId)) : [];
}
