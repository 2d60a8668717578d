// Which sentence describes an event to the visitor. They learn who is with them, not how they are passed on.

import type { ConversationEvent, ConversationEventType } from './events.ts';

/** A sentence of the catalogue and what fills its blanks. */
export type VisitorSentence =
  | { key: 'opened' }
  | { key: 'ended-by-you' }
  | { key: 'taken'; name: string }
  | { key: 'joined'; name: string }
  | { key: 'left'; name: string }
  | { key: 'ended-by-agent'; name: string }
  | { key: 'ended'; message: string | null }
  | { key: 'fields'; fields: readonly { name: string; value: string | null }[] };

type Describe<T extends ConversationEventType> = (
  event: Extract<ConversationEvent, { type: T }>,
) => VisitorSentence | null;

const nothing = () => null;

const DESCRIPTIONS: { [T in ConversationEventType]: Describe<T> } = {
  'conversation.opened': () => ({ key: 'opened' }),
  'message.sent': nothing,
  // The message itself shows it.
  'message.edited': nothing,
  'message.deleted': nothing,
  'conversation.taken': ({ agent }) => ({ key: 'taken', name: agent.name }),
  'conversation.requeued': nothing,
  'conversation.forwarded': ({ agent }) => agent && { key: 'taken', name: agent.name },
  'conversation.held': nothing,
  'conversation.resumed': nothing,
  'agent.joined': ({ agent }) => ({ key: 'joined', name: agent.name }),
  'agent.left': ({ agent }) => ({ key: 'left', name: agent.name }),
  'details.changed': nothing,
  'fields.shown': ({ fields }) => ({ key: 'fields', fields }),
  'conversation.ended': ({ by, message = null }) => {
    if (by.kind === 'agent') return { key: 'ended-by-agent', name: by.name };
    return by.kind === 'visitor' ? { key: 'ended-by-you' } : { key: 'ended', message };
  },
  'comment.added': nothing,
  'alert.escalated': nothing,
  'note.added': nothing,
  'contact.renamed': nothing,
  'conversation.continued': nothing,
  'sla.warned': nothing,
};

/** Null for an event that speaks for itself, and for one that is not the visitor's concern. */
export function describeToVisitor(event: ConversationEvent): VisitorSentence | null {
  // An event's function takes that event, by the table's type.
  return (DESCRIPTIONS[event.type] as Describe<ConversationEventType>)(event);
}
