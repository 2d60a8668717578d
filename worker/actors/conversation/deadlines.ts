// What a conversation waits for, and what happens when it comes. Its timers are not stored: they follow from
// its state, so they survive whatever the log survives. Pure.

import type { ConversationFact, EndedBecause } from '#shared/conversation/events.ts';
import type {
  ConversationState,
  QueuedConversation,
  ServingConversation,
} from '#shared/conversation/state.ts';
import { isOpen, opensAt } from '#shared/settings/policies/hours.ts';
import { policyOf } from '#shared/settings/policy.ts';
import type { Policy, Settings } from '#shared/settings/schema.ts';

export interface Deadline {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly fact: ConversationFact;
}

/** The next one; null when nothing is waited for. */
export function deadlineOf(state: ConversationState, settings: Settings): Deadline | null {
  switch (state.status) {
    case 'new':
    case 'closed':
      return null;
    case 'queued':
      return queuedDeadline(state, policyOf(settings, state.departmentId));
    case 'serving':
      return servingDeadline(state, policyOf(settings, state.departmentId));
    case 'held': {
      const { close_after_seconds: wait, close_message } = policyOf(
        settings,
        state.departmentId,
      ).hold;
      return after(state.heldAt, wait, ended('held-too-long', close_message));
    }
  }
}

/** Nobody is turned away by night: what would end while the department is closed has its time from the opening. */
function queuedDeadline(
  { queuedAt }: QueuedConversation,
  { queue, hours }: Policy,
): Deadline | null {
  const { max_wait_seconds: wait, close_message } = queue;
  const fact = ended('waited-too-long', close_message);
  const deadline = after(queuedAt, wait, fact);
  if (!deadline || isOpen(hours, deadline.at)) return deadline;
  const opening = opensAt(hours, deadline.at);
  return opening === null ? null : after(opening, wait, fact);
}

function servingDeadline(
  { takenAt, resumedAt, hasAnswered, turn, lostBy }: ServingConversation,
  { first_reply_timeout, visitor_inactivity }: Policy,
): Deadline | null {
  // Once: who gets it after somebody lost it keeps it. Counted from when there was something to answer.
  if (!hasAnswered && lostBy === null && turn?.of === 'agent') {
    const requeued = { type: 'conversation.requeued', because: 'unanswered' } as const;
    return after(Math.max(takenAt, turn.since), first_reply_timeout.after_seconds, requeued);
  }
  if (turn?.of !== 'visitor' || visitor_inactivity.action === 'none') return null;
  const fact: ConversationFact =
    visitor_inactivity.action === 'hold'
      ? { type: 'conversation.held' }
      : ended('visitor-silent', visitor_inactivity.close_message);
  // Whoever gets it, or gets it back from hold, has the whole time before him.
  const since = Math.max(turn.since, takenAt, resumedAt ?? 0);
  return after(since, visitor_inactivity.after_seconds, fact);
}

const ended = (because: EndedBecause, message: string): ConversationFact => ({
  type: 'conversation.ended',
  because,
  ...(message && { message }),
});

/** 0 seconds: never. */
function after(since: number, seconds: number, fact: ConversationFact): Deadline | null {
  return seconds === 0 ? null : { at: since + seconds * 1000, fact };
}
