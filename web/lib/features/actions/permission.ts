// Whether the agent may take or end a conversation now, judged as the desk will judge it: it explains a
// blocked action before it is tried. The desk decides.

import type { ConversationState } from '#shared/conversation.ts';
import type { Availability } from '#shared/department.ts';
import type { Me } from '#shared/api.ts';
import { refusal, type Refusal } from '#shared/refusals.ts';

export interface Standing {
  me: Me;
  availability: Availability;
  /** Conversations he holds. */
  held: number;
  /** Conversations he may hold. */
  limit: number;
}

export function againstTaking(state: ConversationState, standing: Standing): Refusal | null {
  const { me, availability, held, limit } = standing;
  if (state.status === 'new') return refusal('conversation.unknown');
  if (!me.permissions.includes('conversation.take')) {
    return refusal('permission.missing', { permission: 'conversation.take' });
  }
  if (!me.departments.includes(state.departmentId)) return refusal('department.not-yours');
  if (state.status === 'closed') return refusal('conversation.closed');
  if (state.status === 'serving') return refusal('conversation.taken', { agent: state.agent.name });
  if (availability === 'away') return refusal('agent.away');
  return held >= limit ? refusal('agent.full', { limit }) : null;
}

export function againstEnding(state: ConversationState, { me }: Standing): Refusal | null {
  if (state.status === 'new') return refusal('conversation.unknown');
  if (state.status === 'closed') return refusal('conversation.closed');
  if (state.status === 'serving' && state.agent.id === me.agentId) return null;
  if (me.permissions.includes('conversation.end-others')) return null;
  return state.status === 'serving'
    ? refusal('conversation.not-yours', { agent: state.agent.name })
    : refusal('permission.missing', { permission: 'conversation.end-others' });
}
