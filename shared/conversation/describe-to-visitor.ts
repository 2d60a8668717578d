// Which sentence tells an event to the visitor. To him it is one desk that answers: he hears who is there, not
// how he is passed on.

import type { ConversationEvent } from './events.ts';

export type VisitorSentence =
  | { key: 'opened' | 'ended-by-you' }
  | { key: 'taken' | 'joined' | 'left' | 'ended-by-agent'; name: string }
  | { key: 'ended'; message: string | null };

/** Null for an event that speaks for itself, and for whatever is none of his business. */
export function describeToVisitor(event: ConversationEvent): VisitorSentence | null {
  switch (event.type) {
    case 'conversation.opened':
      return { key: 'opened' };
    case 'conversation.taken':
    case 'conversation.forwarded':
      return event.agent && { key: 'taken', name: event.agent.name };
    case 'agent.joined':
      return { key: 'joined', name: event.agent.name };
    case 'agent.left':
      return { key: 'left', name: event.agent.name };
    case 'conversation.ended': {
      const { by, message = null } = event;
      if (by.kind === 'agent') return { key: 'ended-by-agent', name: by.name };
      return by.kind === 'visitor' ? { key: 'ended-by-you' } : { key: 'ended', message };
    }
    default:
      return null;
  }
}
