// Which sentence tells an event to an agent. The words are the catalogue's; the choice is here. What visitors
// read of it is in describe-to-visitor.ts.

import type { Author } from '#shared/identity.ts';
import type { AgentId, DepartmentId } from '#shared/ids.ts';
import type { ConversationEvent, ConversationEventType, Details, EndedBecause } from './events.ts';

/** A sentence of the catalogue and what fills its blanks. `by` null: it happened by itself. */
export type Sentence =
  | { key: 'opened' }
  | { key: 'taken'; name: string }
  | { key: 'taken-by-you' }
  | { key: 'assigned'; name: string }
  | { key: 'assigned-to-you' }
  | { key: 'requeued'; because: Event<'conversation.requeued'>['because']; by: string | null }
  | { key: 'forwarded-to-agent'; by: string | null; name: string }
  | { key: 'forwarded-to-department'; by: string | null; departmentId: DepartmentId }
  | { key: 'held'; by: string | null }
  | { key: 'resumed'; by: string | null }
  | { key: 'joined'; name: string }
  | { key: 'invited'; by: string; name: string }
  | { key: 'left'; name: string }
  | { key: 'details'; by: string | null; details: Partial<Details> }
  | { key: 'ended-by-visitor' }
  | { key: 'ended-by-agent'; name: string }
  | { key: 'ended-by-you' }
  | { key: 'ended-by-itself'; because: EndedBecause; message: string | null }
  | { key: 'ended'; message: string | null }
  | { key: 'comment'; name: string; text: string };

type Event<T extends ConversationEventType> = Extract<ConversationEvent, { type: T }>;

const nameOf = (author: Author): string | null => (author.kind === 'agent' ? author.name : null);

type Describe<T extends ConversationEventType> = (
  event: Event<T>,
  viewer: AgentId,
) => Sentence | null;

const DESCRIPTIONS: { [T in ConversationEventType]: Describe<T> } = {
  'conversation.opened': () => ({ key: 'opened' }),
  'conversation.taken': ({ by, agent }, viewer) => {
    const isViewer = viewer === agent.id;
    if (by.kind === 'system') {
      return isViewer ? { key: 'assigned-to-you' } : { key: 'assigned', name: agent.name };
    }
    return isViewer ? { key: 'taken-by-you' } : { key: 'taken', name: agent.name };
  },
  'message.sent': () => null,
  'conversation.requeued': ({ by, because }) => ({ key: 'requeued', because, by: nameOf(by) }),
  'conversation.forwarded': ({ by, agent, departmentId }) =>
    agent
      ? { key: 'forwarded-to-agent', by: nameOf(by), name: agent.name }
      : { key: 'forwarded-to-department', by: nameOf(by), departmentId },
  'conversation.held': ({ by }) => ({ key: 'held', by: nameOf(by) }),
  'conversation.resumed': ({ by }) => ({ key: 'resumed', by: nameOf(by) }),
  'agent.joined': ({ by, agent }) => {
    const inviter = nameOf(by);
    return inviter === null
      ? { key: 'joined', name: agent.name }
      : { key: 'invited', by: inviter, name: agent.name };
  },
  'agent.left': ({ agent }) => ({ key: 'left', name: agent.name }),
  'details.changed': ({ by, topic, tags, priority, sla }) => ({
    key: 'details',
    by: nameOf(by),
    details: { topic, tags, priority, sla },
  }),
  'conversation.ended': ({ by, because, message = null }, viewer) => {
    if (by.kind === 'visitor') return { key: 'ended-by-visitor' };
    if (by.kind === 'agent') {
      return by.id === viewer ? { key: 'ended-by-you' } : { key: 'ended-by-agent', name: by.name };
    }
    return because ? { key: 'ended-by-itself', because, message } : { key: 'ended', message };
  },
  'comment.added': ({ by, text }) => ({ key: 'comment', name: nameOf(by) ?? '', text }),
};

/** Null for an event that speaks for itself, as a message does. @param viewer who reads it */
export function describe(event: ConversationEvent, viewer: AgentId): Sentence | null {
  // The table's key and its function's event are the same type by construction.
  return (DESCRIPTIONS[event.type] as Describe<ConversationEventType>)(event, viewer);
}
