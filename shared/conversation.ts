// A conversation: its commands, events, folded state, and who may see what. The actor and the browser
// fold the same log with the same `evolve`.

import * as v from 'valibot';
import {
  agentIdSchema,
  commandIdSchema,
  conversationIdSchema,
  departmentIdSchema,
  visitorIdSchema,
} from './ids.ts';
import type { Audience } from './identity.ts';

// --- Commands: what may be asked of a conversation.

/** Not empty. Its greatest length is a setting, so it is judged where settings are known. */
const textSchema = v.pipe(
  v.string(),
  v.check((text) => text.trim() !== '', 'a text that is not blank'),
);

const COMMENT_CHARACTERS = 2000;

export const conversationCommandSchema = v.variant('type', [
  /** The visitor's first message opens the conversation. */
  v.strictObject({
    type: v.literal('conversation.open'),
    departmentId: departmentIdSchema,
    text: textSchema,
    /** The visitor's last conversation, when this one follows it. */
    previousId: v.nullable(conversationIdSchema),
    /** Address of the page that he wrote from. */
    page: v.nullable(v.pipe(v.string(), v.maxLength(2000))),
  }),
  v.strictObject({ type: v.literal('message.send'), text: textSchema }),
  v.strictObject({ type: v.literal('conversation.take') }),
  v.strictObject({
    type: v.literal('conversation.end'),
    /** For colleagues; the visitor never sees it. */
    comment: v.nullable(v.pipe(v.string(), v.trim(), v.maxLength(COMMENT_CHARACTERS))),
  }),
]);
export type ConversationCommand = v.InferOutput<typeof conversationCommandSchema>;

// --- Events: what has happened. Kept forever, so a shape here is never changed, only added to.

const visitorFact = v.object({ id: visitorIdSchema, name: v.string() });
const agentFact = v.object({ id: agentIdSchema, name: v.string() });

const authorSchema = v.variant('kind', [
  v.object({ kind: v.literal('visitor') }),
  v.object({ kind: v.literal('agent'), id: agentIdSchema, name: v.string() }),
]);
/** Who caused an event, as every audience may know him. */
export type Author = v.InferOutput<typeof authorSchema>;

const envelope = {
  /** Gapless in the log, from 1. A visitor's copy has gaps where events were not for him. */
  seq: v.number(),
  /** Epoch milliseconds. For people to read; order is `seq`. */
  at: v.number(),
  /** The command that caused it. */
  id: commandIdSchema,
  by: authorSchema,
};

export const conversationEventSchema = v.variant('type', [
  v.object({
    ...envelope,
    type: v.literal('conversation.opened'),
    visitor: visitorFact,
    /** Whose queue it enters. */
    departmentId: departmentIdSchema,
    previousId: v.nullable(conversationIdSchema),
    page: v.nullable(v.string()),
  }),
  v.object({ ...envelope, type: v.literal('conversation.taken'), agent: agentFact }),
  v.object({ ...envelope, type: v.literal('message.sent'), text: v.string() }),
  v.object({ ...envelope, type: v.literal('conversation.ended') }),
  v.object({ ...envelope, type: v.literal('comment.added'), text: v.string() }),
]);
export type ConversationEvent = v.InferOutput<typeof conversationEventSchema>;
export type ConversationEventType = ConversationEvent['type'];
export type MessageSent = Extract<ConversationEvent, { type: 'message.sent' }>;

type WithoutEnvelope<E> = E extends unknown ? Omit<E, keyof typeof envelope> : never;
/** What a decision yields; the log adds the envelope. */
export type ConversationFact = WithoutEnvelope<ConversationEvent>;

const AUDIENCES = {
  'conversation.opened': 'everyone',
  'conversation.taken': 'everyone',
  'message.sent': 'everyone',
  'conversation.ended': 'everyone',
  'comment.added': 'agents',
} as const satisfies Record<ConversationEventType, Audience>;

export function mayHear(audience: Audience, event: ConversationEvent): boolean {
  return audience === 'agents' || AUDIENCES[event.type] === 'everyone';
}

// --- State: the fold of the log. It does not hold the thread, so it stays small however long that is.

const lastMessageSchema = v.object({
  seq: v.number(),
  at: v.number(),
  from: v.picklist(['visitor', 'agent']),
  /** The beginning of the text. */
  preview: v.string(),
});

const openedFields = {
  visitor: visitorFact,
  previousId: v.nullable(conversationIdSchema),
  page: v.nullable(v.string()),
  openedAt: v.number(),
  departmentId: departmentIdSchema,
  /** When it began to wait, this time. */
  queuedAt: v.number(),
  lastMessage: v.nullable(lastMessageSchema),
  /** The last word of the agents' side: whoever writes without having read it is asked. */
  lastReply: v.nullable(v.object({ seq: v.number(), agent: agentFact })),
};
const servedFields = { ...openedFields, agent: agentFact, takenAt: v.number() };

export const conversationStateSchema = v.variant('status', [
  v.object({ status: v.literal('new') }),
  v.object({ status: v.literal('queued'), ...openedFields }),
  v.object({ status: v.literal('serving'), ...servedFields }),
  v.object({
    status: v.literal('closed'),
    ...openedFields,
    agent: v.nullable(agentFact),
    takenAt: v.nullable(v.number()),
    closedAt: v.number(),
    closedBy: authorSchema,
    /** For agents only; a visitor's state holds null. */
    comment: v.nullable(v.string()),
  }),
]);
export type ConversationState = v.InferOutput<typeof conversationStateSchema>;
export type OpenedConversation = Exclude<ConversationState, { status: 'new' }>;
export type QueuedConversation = Extract<ConversationState, { status: 'queued' }>;
export type ServingConversation = Extract<ConversationState, { status: 'serving' }>;
export type ClosedConversation = Extract<ConversationState, { status: 'closed' }>;

/** Raised whenever `evolve` changes shape: a stored state of another version is folded anew. */
export const CONVERSATION_STATE_VERSION = 2;

export const NEW_CONVERSATION: ConversationState = { status: 'new' };

const PREVIEW_CHARACTERS = 140;

/** Folds one event into the state. An event that cannot follow leaves the state as it was. */
export function evolve(state: ConversationState, event: ConversationEvent): ConversationState {
  switch (event.type) {
    case 'conversation.opened':
      return {
        status: 'queued',
        visitor: event.visitor,
        previousId: event.previousId,
        page: event.page,
        openedAt: event.at,
        departmentId: event.departmentId,
        queuedAt: event.at,
        lastMessage: null,
        lastReply: null,
      };
    case 'conversation.taken':
      if (state.status !== 'queued') return state;
      return { ...state, status: 'serving', agent: event.agent, takenAt: event.at };
    case 'message.sent':
      if (state.status === 'new') return state;
      return { ...state, lastMessage: lastMessageOf(event), lastReply: lastReplyOf(event, state) };
    case 'conversation.ended':
      if (state.status !== 'queued' && state.status !== 'serving') return state;
      return {
        agent: null,
        takenAt: null,
        ...state,
        status: 'closed',
        closedAt: event.at,
        closedBy: event.by,
        comment: null,
      };
    case 'comment.added':
      return state.status === 'closed' ? { ...state, comment: event.text } : state;
  }
}

function lastMessageOf({ seq, at, by, text }: MessageSent) {
  return { seq, at, from: by.kind, preview: text.slice(0, PREVIEW_CHARACTERS) };
}

function lastReplyOf({ seq, by }: MessageSent, { lastReply }: OpenedConversation) {
  return by.kind === 'agent' ? { seq, agent: { id: by.id, name: by.name } } : lastReply;
}

/**
 * The state as an audience may know it. Law: folding the events that an audience hears equals the
 * audience's view of the whole fold.
 */
export function view(state: ConversationState, audience: Audience): ConversationState {
  if (audience === 'agents' || state.status !== 'closed') return state;
  return { ...state, comment: null };
}

// --- Marks: how far each side has got. Signals, not events: losing one only delays a tick.

const markSchema = v.object({ delivered: v.number(), seen: v.number() });

/** Highest `seq` that has reached, and been seen by, the visitor and the serving agent. */
export const marksSchema = v.object({ visitor: markSchema, agent: markSchema });
export type Mark = v.InferOutput<typeof markSchema>;
export type Marks = v.InferOutput<typeof marksSchema>;

export const NO_MARKS: Marks = {
  visitor: { delivered: 0, seen: 0 },
  agent: { delivered: 0, seen: 0 },
};

export const conversationSignalSchema = v.variant('type', [
  v.strictObject({ type: v.literal('typing'), typing: v.boolean() }),
  v.strictObject({
    type: v.literal('mark'),
    delivered: v.pipe(v.number(), v.integer(), v.minValue(0)),
    seen: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
]);
export type ConversationSignal = v.InferOutput<typeof conversationSignalSchema>;

export const conversationNoticeSchema = v.variant('type', [
  v.object({ type: v.literal('typing'), by: authorSchema, typing: v.boolean() }),
  v.object({ type: v.literal('marks'), marks: marksSchema }),
]);
/** A signal as the others receive it. */
export type ConversationNotice = v.InferOutput<typeof conversationNoticeSchema>;

// --- Snapshot: what a page is first rendered from, and what a socket's welcome carries.

export const EVENTS_PER_PAGE = 100;

export const conversationSnapshotSchema = v.object({
  conversationId: conversationIdSchema,
  /** Of the last event in the log, whoever may hear it. */
  seq: v.number(),
  state: conversationStateSchema,
  marks: marksSchema,
  /** In order, gapless as far as the audience may hear. */
  events: v.array(conversationEventSchema),
  /** True when the log begins before `events`: page back with `before`. */
  hasEarlier: v.boolean(),
});
export type ConversationSnapshot = v.InferOutput<typeof conversationSnapshotSchema>;
