// Which sentence tells an event to an agent. The words are the catalogue's; the choice is here. What visitors
// read of it is in describe-to-visitor.ts.

import type { Author } from '#shared/identity.ts';
import type { AgentId, DepartmentId } from '#shared/ids.ts';
import type {
  AgentRef,
  ConversationEvent,
  ConversationEventType,
  DetailsChange,
  EndedBecause,
} from './events.ts';

/** Who of those that a sentence names reads it: the one who did it, or the one to whom it was done. */
type You = { you?: 'by' | 'to' | undefined };

/** A sentence of the catalogue and what fills its blanks. `by` null: it happened by itself. */
export type Sentence =
  | { key: 'opened' }
  | { key: 'taken'; name: string }
  | { key: 'taken-by-you' }
  | { key: 'assigned'; name: string }
  | { key: 'assigned-to-you' }
  | ({
      key: 'requeued';
      because: Event<'conversation.requeued'>['because'];
      by: string | null;
    } & You)
  | ({ key: 'forwarded-to-agent'; by: string | null; name: string } & You)
  | ({ key: 'forwarded-to-department'; by: string | null; departmentId: DepartmentId } & You)
  | ({ key: 'held'; by: string | null } & You)
  | ({ key: 'resumed'; by: string | null } & You)
  | ({ key: 'joined'; name: string } & You)
  | ({ key: 'invited'; by: string; name: string } & You)
  | ({ key: 'left'; name: string } & You)
  | ({ key: 'details'; by: string | null; details: DetailsChange } & You)
  | { key: 'ended-by-visitor' }
  | { key: 'ended-by-agent'; name: string }
  | { key: 'ended-by-you' }
  | { key: 'ended-by-itself'; because: EndedBecause; message: string | null }
  | { key: 'ended'; message: string | null }
  | ({ key: 'comment'; name: string; text: string } & You)
  | ({ key: 'escalated'; name: string; to: Event<'alert.escalated'>['to'] } & You)
  | ({ key: 'renamed'; by: string; name: string } & You)
  | { key: 'sla-warned'; sla: string };

type Event<T extends ConversationEventType> = Extract<ConversationEvent, { type: T }>;

const nameOf = (author: Author): string | null => (author.kind === 'agent' ? author.name : null);

/** @param to whom it was done to, if to anybody */
function you(viewer: AgentId, by: Author, to?: AgentRef | null): You {
  if (by.kind === 'agent' && by.id === viewer) return { you: 'by' };
  return to?.id === viewer ? { you: 'to' } : {};
}

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
  // The message itself shows it.
  'message.edited': () => null,
  'message.deleted': () => null,
  'note.added': () => null,
  'conversation.requeued': ({ by, because }, viewer) => ({
    ...{ key: 'requeued', because, by: nameOf(by) },
    ...you(viewer, by),
  }),
  'conversation.forwarded': ({ by, agent, departmentId }, viewer) =>
    agent
      ? {
          ...{ key: 'forwarded-to-agent', by: nameOf(by), name: agent.name },
          ...you(viewer, by, agent),
        }
      : { key: 'forwarded-to-department', by: nameOf(by), departmentId, ...you(viewer, by) },
  'conversation.held': ({ by }, viewer) => ({ key: 'held', by: nameOf(by), ...you(viewer, by) }),
  'conversation.resumed': ({ by }, viewer) => ({
    ...{ key: 'resumed', by: nameOf(by) },
    ...you(viewer, by),
  }),
  'agent.joined': ({ by, agent }, viewer) => {
    const inviter = nameOf(by);
    return inviter === null
      ? { key: 'joined', name: agent.name, ...you(viewer, by, agent) }
      : { key: 'invited', by: inviter, name: agent.name, ...you(viewer, by, agent) };
  },
  'agent.left': ({ by, agent }, viewer) => ({
    ...{ key: 'left', name: agent.name },
    ...you(viewer, by, agent),
  }),
  'details.changed': ({ by, topic, tags, priority, sla, fields }, viewer) => ({
    ...{ key: 'details', by: nameOf(by), details: { topic, tags, priority, sla, fields } },
    ...you(viewer, by),
  }),
  // What it says to the visitor, the change of the details before it has said.
  'fields.shown': () => null,
  'conversation.ended': ({ by, because, message = null }, viewer) => {
    if (by.kind === 'visitor') return { key: 'ended-by-visitor' };
    if (by.kind === 'agent') {
      return by.id === viewer ? { key: 'ended-by-you' } : { key: 'ended-by-agent', name: by.name };
    }
    return because ? { key: 'ended-by-itself', because, message } : { key: 'ended', message };
  },
  'comment.added': ({ by, text }, viewer) => ({
    ...{ key: 'comment', name: nameOf(by) ?? '', text },
    ...you(viewer, by),
  }),
  'sla.warned': ({ sla }) => ({ key: 'sla-warned', sla }),
  'alert.escalated': ({ by, agent, to }, viewer) => ({
    ...{ key: 'escalated', name: agent.name, to },
    ...you(viewer, by, agent),
  }),
  // A name that the contact had before is no news.
  'contact.renamed': ({ by, name }, viewer) =>
    by.kind === 'agent' ? { key: 'renamed', by: by.name, name, ...you(viewer, by) } : null,
  'conversation.continued': () => null,
};

/** Null for an event that speaks for itself, as a message does. @param viewer who reads it */
export function describe(event: ConversationEvent, viewer: AgentId): Sentence | null {
  // The table's key and its function's event are the same type by construction.
  return (DESCRIPTIONS[event.type] as Describe<ConversationEventType>)(event, viewer);
}
