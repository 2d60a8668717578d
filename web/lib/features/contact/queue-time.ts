// How long a conversation waited for an agent, or waits still.

import type { OpenedConversation } from '#shared/conversation.ts';

export function queueTimeMs(state: OpenedConversation, now: number): number {
  if (state.status === 'queued') return Math.max(0, now - state.queuedAt);
  const until = state.status === 'closed' ? (state.takenAt ?? state.closedAt) : state.takenAt;
  return until - state.queuedAt;
}
