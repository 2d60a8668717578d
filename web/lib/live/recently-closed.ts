// Conversations that ended lately, the latest first.

import { CLOSED_IN_SIGHT } from '#shared/api.ts';
import { summaryOf, type ConversationSummary } from '#shared/conversation/summary.ts';
import type { ConversationStore } from './conversation-store.svelte.ts';

/** With one more in front, if it has ended. */
export function withClosed(
  closed: readonly ConversationSummary[],
  { id, state }: Pick<ConversationStore, 'id' | 'state'>,
): readonly ConversationSummary[] {
  if (state.status !== 'closed') return closed;
  const others = closed.filter(({ conversationId }) => conversationId !== id);
  return [summaryOf(id, state), ...others].slice(0, CLOSED_IN_SIGHT);
}
