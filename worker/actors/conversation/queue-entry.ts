// A conversation as the queue of its department lists it. Pure.

import type { QueuedConversation } from '#shared/conversation/state.ts';
import { promisedAt, waitingSince } from '#shared/conversation/timing.ts';
import type { QueueEntry } from '#shared/department.ts';
import type { ConversationId } from '#shared/ids.ts';
import type { Settings } from '#shared/settings/schema.ts';

/** @param seq of the last event that led to the state */
export function queueEntryOf(
  conversationId: ConversationId,
  state: QueuedConversation,
  seq: number,
  { priorities, default_priority, sla }: Settings,
): QueueEntry {
  const { visitor, openedAt, lastMessage, lastReply, details, lostBy } = state;
  // The settings may no longer have what was once chosen.
  const isKnown = priorities.some(({ id }) => id === details.priority);
  const priority = (isKnown && details.priority) || default_priority;
  const promise = sla.find(({ id }) => id === details.sla);
  return {
    conversationId,
    seq,
    visitorId: visitor.id,
    visitorName: visitor.name,
    queuedAt: waitingSince(state),
    preview: lastMessage?.preview ?? '',
    previewBy: lastMessage?.from === 'agent' ? (lastReply?.agent ?? null) : null,
    priority,
    rank: priorities.findIndex(({ id }) => id === priority),
    dueAt: promise ? promisedAt(openedAt, promise.due_minutes) : null,
    openedAt,
    lostBy,
  };
}
