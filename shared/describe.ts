// Which sentence tells an event to a given viewer. The words are the catalogue's; the choice is here.

import type { Author, ConversationEvent, ConversationEventType } from './conversation.ts';

/** Whoever reads: the visitor, or the agent with this id. */
export type Viewer = { kind: 'visitor' } | { kind: 'agent'; id: string };

/** A sentence of the catalogue and what fills its blanks. */
export type Sentence =
  | { key: 'opened' }
  | { key: 'taken'; name: string }
  | { key: 'taken-by-you' }
  | { key: 'ended-by-visitor' }
  | { key: 'ended-by-agent'; name: string }
  | { key: 'ended-by-you' }
  | { key: 'comment'; name: string; text: string };

const isViewer = (author: Author, viewer: Viewer): boolean =>
  author.kind === 'visitor'
    ? viewer.kind === 'visitor'
    : viewer.kind === 'agent' && viewer.id === author.id;

type Describe<T extends ConversationEventType> = (
  event: Extract<ConversationEvent, { type: T }>,
  viewer: Viewer,
) => Sentence | null;

const DESCRIPTIONS: { [T in ConversationEventType]: Describe<T> } = {
  'conversation.opened': () => ({ key: 'opened' }),
  'conversation.taken': ({ by, agent }, viewer) =>
    isViewer(by, viewer) ? { key: 'taken-by-you' } : { key: 'taken', name: agent.name },
  'message.sent': () => null,
  'conversation.ended': ({ by }, viewer) => {
    if (isViewer(by, viewer)) return { key: 'ended-by-you' };
    return by.kind === 'agent'
      ? { key: 'ended-by-agent', name: by.name }
      : { key: 'ended-by-visitor' };
  },
  'comment.added': ({ by, text }) => ({
    key: 'comment',
    name: by.kind === 'agent' ? by.name : '',
    text,
  }),
};

/** Null for an event that speaks for itself, as a message does. */
export function describe(event: ConversationEvent, viewer: Viewer): Sentence | null {
  // The table's key and its function's event are the same type by construction.
  return (DESCRIPTIONS[event.type] as Describe<ConversationEventType>)(event, viewer);
}
