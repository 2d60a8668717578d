// Which event of a conversation calls an agent to it. Pure.

import type { ConversationEvent } from '#shared/conversation/events.ts';
import type { AgentId } from '#shared/ids.ts';
import type { Alert, AlertReason } from './alert.ts';

export type Cause = Pick<Alert, 'reason' | 'seq'>;

/** The last event that gave the conversation to the agent; null: none, or they took it themselves. */
export function arrivalIn(events: readonly ConversationEvent[], me: AgentId): Cause | null {
  const event = events.findLast((one) => reasonOfArrival(one, me) !== null);
  const reason = event && reasonOfArrival(event, me);
  return event && reason && !isBy(event, me) ? { reason, seq: event.seq } : null;
}

/** What of some events calls the agent most: the conversation came to them, or its visitor wrote. */
export function causeIn(events: readonly ConversationEvent[], me: AgentId): Cause | null {
  const message = events.findLast(
    ({ type, by }) => type === 'message.sent' && by.kind === 'visitor',
  );
  return arrivalIn(events, me) ?? (message ? { reason: 'message', seq: message.seq } : null);
}

function reasonOfArrival(event: ConversationEvent, me: AgentId): AlertReason | null {
  switch (event.type) {
    case 'conversation.taken':
    case 'conversation.forwarded':
      return event.agent?.id === me ? 'assigned' : null;
    case 'agent.joined':
      return event.agent.id === me ? 'invited' : null;
    default:
      return null;
  }
}

const isBy = ({ by }: ConversationEvent, me: AgentId): boolean =>
  by.kind === 'agent' && by.id === me;
