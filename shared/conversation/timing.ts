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

/** By when its visitor, who waits, is to be answered; null: nobody waits, or nothing is promised. */
export function dueAt(state: OpenedConversation, sla: Rules['sla']): number | null {
  const promise = sla.find(({ id }) => id === state.details.sla);
  if (!promise || state.status === 'closed' || state.turn?.of !== 'agent') return null;
  return promisedAt(state.openedAt, promise.dueMinutes);
}
