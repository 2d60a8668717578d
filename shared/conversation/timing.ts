// How long a conversation has waited, is waited for, and how fast it is answered. Pure: the details show it.

import type { Rules } from '#shared/settings/rules.ts';
import type { OpenedConversation, QueuedConversation } from './state.ts';

/** Milliseconds in queues, the present wait included. */
export function queueMs({ status, timing, queuedAt }: OpenedConversation, now: number): number {
  return timing.waitedMs + (status === 'queued' ? Math.max(0, now - queuedAt) : 0);
}

/** Since when it waits, as if all its time in queues had been this one wait. */
export const waitingSince = ({ queuedAt, timing }: QueuedConversation): number =>
  queuedAt - timing.waitedMs;

/** From the first message that waits for an answer to the answer; null before the first answer. */
export function averageResponseMs({ timing }: OpenedConversation): number | null {
  return timing.answers === 0 ? null : timing.answeredMs / timing.answers;
}

/** How long the visitor has left the last message without an answer; null when no answer is theirs to give. */
export function inactivityMs(state: OpenedConversation, now: number): number | null {
  const { status, turn, lastMessage } = state;
  if (status === 'closed' || turn?.of !== 'visitor' || !lastMessage) return null;
  return Math.max(0, now - lastMessage.at);
}

const MINUTE_MS = 60_000;

/** By when a conversation is to be answered, in epoch milliseconds. */
export const promisedAt = (openedAt: number, dueMinutes: number): number =>
  openedAt + dueMinutes * MINUTE_MS;

/** Since when its visitor waits for the first answer; null: nobody waits, or there has been one. */
export function unansweredSince({ status, turn, timing }: OpenedConversation): number | null {
  if (status === 'closed' || turn?.of !== 'agent' || timing.firstMs !== null) return null;
  return turn.since;
}

/** The same, where an SLA policy promises it. */
export const promisedSince = (state: OpenedConversation): number | null =>
  state.details.sla === null ? null : unansweredSince(state);

/** By when its visitor is to get the first answer; null: nobody waits for it, or nothing is promised. */
export function dueAt(state: OpenedConversation, sla: Rules['sla']): number | null {
  const promise = sla.find(({ id }) => id === state.details.sla);
  if (!promise || unansweredSince(state) === null) return null;
  return promisedAt(state.openedAt, promise.dueMinutes);
}
