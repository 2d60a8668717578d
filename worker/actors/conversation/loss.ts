// What becomes of a conversation whose agent counts as offline: the department's choice. Pure.

import type { ConversationFact } from '#shared/conversation/events.ts';
import type { ConversationState } from '#shared/conversation/state.ts';
import type { AgentId } from '#shared/ids.ts';
import { policyOf } from '#shared/settings/policy.ts';
import type { Settings } from '#shared/settings/schema.ts';

/** Null: it stays as it is. On hold it waits for the visitor anyway, whose next word finds somebody else. */
export function afterLoss(
  state: ConversationState,
  agentId: AgentId,
  settings: Settings,
): ConversationFact | null {
  if (state.status !== 'serving' || state.agent.id !== agentId) return null;
  const {
    action,
    forward_to,
    close_message: message,
  } = policyOf(settings, state.departmentId).agent_offline;
  switch (action) {
    case 'keep':
      return null;
    case 'close':
      return { type: 'conversation.ended', because: 'agent-gone', ...(message && { message }) };
    case 'requeue':
      return { type: 'conversation.requeued', because: 'agent-gone' };
    case 'forward': {
      const target = settings.departments.find(({ id }) => id === forward_to);
      return target?.enabled && target.id !== state.departmentId
        ? { type: 'conversation.forwarded', departmentId: target.id, agent: null }
        : { type: 'conversation.requeued', because: 'agent-gone' };
    }
  }
}
