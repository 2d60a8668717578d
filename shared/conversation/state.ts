// A conversation as the fold of its log. It does not hold the thread, so it stays small however long that is.

import * as v from 'valibot';
import { authorSchema } from '#shared/identity.ts';
import {
  agentIdSchema,
  contactIdSchema,
  conversationIdSchema,
  departmentIdSchema,
} from '#shared/ids.ts';
import { agentRefSchema, clientSchema, detailsSchema, visitorRefSchema } from './events.ts';

const lastMessageSchema = v.object({
  seq: v.number(),
  at: v.number(),
  from: v.picklist(['visitor', 'agent']),
  /** The beginning of the text, or the name of the first file; empty: it was deleted. */
  preview: v.string(),
});

/** Whose turn it is to write: since the first message that the other side has not answered. */
const turnSchema = v.object({ of: v.picklist(['visitor', 'agent']), since: v.number() });

const timingSchema = v.object({
  /** Milliseconds in queues, without the present one. */
  waitedMs: v.number(),
  /** Answers of agents, and the sum of what each took. */
  answers: v.number(),
  answeredMs: v.number(),
  /** What the first answer took; null: there is none. */
  firstMs: v.nullable(v.number()),
});

const openedFields = {
  /** As agents call them by now; as they were called at first, to the visitor. */
  visitor: visitorRefSchema,
  /** Their name at the beginning. */
  initialName: v.string(),
  previousId: v.nullable(conversationIdSchema),
  page: v.nullable(v.string()),
  wanted: v.nullable(agentIdSchema),
  channel: v.string(),
  locale: v.nullable(v.string()),
  contactId: contactIdSchema,
  client: v.nullable(clientSchema),
  openedAt: v.number(),
  departmentId: departmentIdSchema,
  /** When it began to wait, this time. */
  queuedAt: v.number(),
  lastMessage: v.nullable(lastMessageSchema),
  /** The last message of the agents' side: an agent who writes without having read it is asked. */
  lastReply: v.nullable(v.object({ seq: v.number(), agent: agentRefSchema })),
  /** The `seq` of the last event by which a message was changed or deleted; 0: none was. */
  amendedAt: v.number(),
  turn: v.nullable(turnSchema),
  timing: timingSchema,
  /** Colleagues who were invited and have not left. */
  helpers: v.array(agentRefSchema),
  /** For agents only; a visitor's state holds {@link NO_DETAILS}. */
  details: detailsSchema,
  /** Colleagues whom notes have mentioned; for agents only, a visitor's state names none. */
  mentioned: v.array(agentIdSchema),
  /** The agent who lost it, by silence or by leaving: it is not routed to them again. */
  lostBy: v.nullable(agentIdSchema),
  /** The SLA of the settings that agents were warned of; for agents only, a visitor's state holds null. */
  warnedSla: v.nullable(v.string()),
};
const servedFields = {
  ...openedFields,
  agent: agentRefSchema,
  takenAt: v.number(),
  /** Whether the agent has written since they got it. */
  hasAnswered: v.boolean(),
  /** When it last came back from hold; for agents only, a visitor's state holds null. */
  resumedAt: v.nullable(v.number()),
};

export const conversationStateSchema = v.variant('status', [
  v.object({ status: v.literal('new') }),
  v.object({ status: v.literal('queued'), ...openedFields }),
  v.object({ status: v.literal('serving'), ...servedFields }),
  v.object({
    status: v.literal('held'),
    ...servedFields,
    heldAt: v.number(),
    /** When it resumes by itself; null: when the visitor writes. */
    until: v.nullable(v.number()),
  }),
  v.object({
    status: v.literal('closed'),
    ...openedFields,
    agent: v.nullable(agentRefSchema),
    takenAt: v.nullable(v.number()),
    closedAt: v.number(),
    closedBy: authorSchema,
    /** For agents only; a visitor's state holds null. */
    comment: v.nullable(v.string()),
    /** The visitor's next one; null: there is none. */
    nextId: v.nullable(conversationIdSchema),
  }),
]);
export type ConversationState = v.InferOutput<typeof conversationStateSchema>;
export type OpenedConversation = Exclude<ConversationState, { status: 'new' }>;
/** Queued, served or held. */
export type LiveConversation = Exclude<OpenedConversation, { status: 'closed' }>;
export type QueuedConversation = Extract<ConversationState, { status: 'queued' }>;
export type ServingConversation = Extract<ConversationState, { status: 'serving' }>;
export type HeldConversation = Extract<ConversationState, { status: 'held' }>;
export type ClosedConversation = Extract<ConversationState, { status: 'closed' }>;

/** Raised whenever `evolve` changes shape: a stored state of another version is folded again. */
export const CONVERSATION_STATE_VERSION = 7;

export const NEW_CONVERSATION: ConversationState = { status: 'new' };
