// What a conversation waits for, and what happens when the time is up. Timers are not stored: they follow from
// the state, so they survive whatever the log survives. Pure.

import type { NewEvent, EndedBecause } from './events.ts';
import type { ConversationState, QueuedConversation, ServingConversation } from './state.ts';
import { isOpen, opensAt } from '#shared/opening-hours.ts';
import { policyOf } from '#shared/settings/policy.ts';
import type { Policy, Settings } from '#shared/settings/schema.ts';
import { promisedAt, unansweredSince } from './timing.ts';

const MINUTE_MS = 60_000;

export interface Deadline {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly event: NewEvent;
}

/** The next one; null when nothing is waited for. */
export function deadlineOf(state: ConversationState, settings: Settings): Deadline | null {
  const [turn, warning] = [deadlineOfTurn(state, settings), slaWarning(state, settings)];
  if (!turn || !warning) return turn ?? warning;
  return warning.at < turn.at ? warning : turn;
}

function deadlineOfTurn(state: ConversationState, settings: Settings): Deadline | null {
  switch (state.status) {
    case 'new':
    case 'closed':
      return null;
    case 'queued':
      return queuedDeadline(state, policyOf(settings, state.departmentId));
    case 'serving':
      return servingDeadline(state, policyOf(settings, state.departmentId));
    case 'held': {
      if (state.until !== null) return { at: state.until, event: { type: 'conversation.resumed' } };
      const { close_after_seconds: wait, close_message } = policyOf(
        settings,
        state.departmentId,
      ).hold;
      return after(state.heldAt, wait, ended('held-too-long', close_message));
    }
  }
}

/** A promise is for who waits since before it is due; once for each promise, agents are warned. */
function slaWarning(state: ConversationState, settings: Settings): Deadline | null {
  if (state.status !== 'queued' && state.status !== 'serving') return null;
  const { details, warnedSla, openedAt, departmentId } = state;
  const since = unansweredSince(state);
  const promise = settings.sla.find(({ id }) => id === details.sla);
  if (!promise || promise.id === warnedSla || since === null) return null;
  const { sla_warning_minutes: minutes } = policyOf(settings, departmentId).alerts;
  const dueAt = promisedAt(openedAt, promise.due_minutes);
  if (minutes === 0 || dueAt <= since) return null;
  const event = { type: 'sla.warned', sla: promise.id, dueAt } as const;
  return { at: dueAt - minutes * MINUTE_MS, event };
}

/** One that would end while its department is closed has the whole time from the opening. */
function queuedDeadline(
  { queuedAt }: QueuedConversation,
  { queue, hours }: Policy,
): Deadline | null {
  const { max_wait_seconds: wait, close_message } = queue;
  const event = ended('waited-too-long', close_message);
  const deadline = after(queuedAt, wait, event);
  if (!deadline || isOpen(hours, deadline.at)) return deadline;
  const opening = opensAt(hours, deadline.at);
  return opening === null ? null : after(opening, wait, event);
}

function servingDeadline(
  { takenAt, resumedAt, hasAnswered, turn, lostBy }: ServingConversation,
  { first_reply_timeout, visitor_inactivity }: Policy,
): Deadline | null {
  // Once: an agent who gets it after another lost it keeps it. Counted from when there was something to answer.
  if (!hasAnswered && lostBy === null && turn?.of === 'agent') {
    const requeued = { type: 'conversation.requeued', because: 'unanswered' } as const;
    return after(Math.max(takenAt, turn.since), first_reply_timeout.after_seconds, requeued);
  }
  if (turn?.of !== 'visitor' || visitor_inactivity.action === 'none') return null;
  const event: NewEvent =
    visitor_inactivity.action === 'hold'
      ? { type: 'conversation.held' }
      : ended('visitor-silent', visitor_inactivity.close_message);
  // An agent who gets it, or gets it back from hold, leaves the visitor the whole time.
  const since = Math.max(turn.since, takenAt, resumedAt ?? 0);
  return after(since, visitor_inactivity.after_seconds, event);
}

const ended = (because: EndedBecause, message: string): NewEvent => ({
  type: 'conversation.ended',
  because,
  ...(message && { message }),
});

/** 0 seconds: never. */
function after(since: number, seconds: number, event: NewEvent): Deadline | null {
  return seconds === 0 ? null : { at: since + seconds * 1000, event };
}
