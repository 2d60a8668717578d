// A conversation: its events, their folded state, and who may see what. The actor and the browser fold the
// same log with the same `evolve`.

import * as v from 'valibot';
import {
  agentIdSchema,
  commandIdSchema,
  conversationIdSchema,
  departmentIdSchema,
  visitorIdSchema,
  type AgentId,
  type DepartmentId,
} from './ids.ts';
import { authorSchema, type Audience } from './identity.ts';
import { marksSchema } from './signals.ts';

// --- Events: what has happened. Kept forever, so a shape here is never changed, only added to.

const visitorFact = v.object({ id: visitorIdSchema, name: v.string() });
export const agentFact = v.object({ id: agentIdSchema, name: v.string() });
export type AgentFact = v.InferOutput<typeof agentFact>;

const envelope = {
  /** Gapless in the log, from 1. A visitor's copy has gaps where events were not for him. */
  seq: v.number(),
  /** Epoch milliseconds. For people to read; order is `seq`. */
  at: v.number(),
  /** The command that caused it. */
  id: commandIdSchema,
  by: authorSchema,
};

/** Why a conversation went back to the queue. */
const REQUEUED = ['moved', 'resumed', 'unanswered', 'agent-gone'] as const;

/** Why a conversation ended by itself. */
const ENDED = ['waited-too-long', 'held-too-long', 'visitor-silent', 'agent-gone'] as const;
export type EndedBecause = (typeof ENDED)[number];

const detailsSchema = v.object({
  topic: v.nullable(v.string()),
  tags: v.array(v.string()),
  /** Of the settings; null: the default. */
  priority: v.nullable(v.string()),
  /** Of the settings; null: nothing is promised. */
  sla: v.nullable(v.string()),
});
/** What agents note about a conversation. */
export type Details = v.InferOutput<typeof detailsSchema>;

export const NO_DETAILS: Details = { topic: null, tags: [], priority: null, sla: null };

export const conversationEventSchema = v.variant('type', [
  v.object({
    ...envelope,
    type: v.literal('conversation.opened'),
    visitor: visitorFact,
    /** Whose queue it enters. */
    departmentId: departmentIdSchema,
    previousId: v.nullable(conversationIdSchema),
    page: v.nullable(v.string()),
    /** Whom the page asked for. */
    wanted: v.optional(v.nullable(agentIdSchema)),
  }),
  v.object({ ...envelope, type: v.literal('conversation.taken'), agent: agentFact }),
  v.object({ ...envelope, type: v.literal('message.sent'), text: v.string() }),
  v.object({
    ...envelope,
    type: v.literal('conversation.requeued'),
    because: v.picklist(REQUEUED),
  }),
  v.object({
    ...envelope,
    type: v.literal('conversation.forwarded'),
    /** Whose it is from now on. */
    departmentId: departmentIdSchema,
    /** Who serves from now on; null: it waits in the department's queue. */
    agent: v.nullable(agentFact),
  }),
  v.object({ ...envelope, type: v.literal('conversation.held') }),
  v.object({ ...envelope, type: v.literal('conversation.resumed') }),
  v.object({ ...envelope, type: v.literal('agent.joined'), agent: agentFact }),
  v.object({ ...envelope, type: v.literal('agent.left'), agent: agentFact }),
  v.object({
    ...envelope,
    type: v.literal('details.changed'),
    // What is left out stays as it was.
    topic: v.optional(detailsSchema.entries.topic),
    tags: v.optional(detailsSchema.entries.tags),
    priority: v.optional(detailsSchema.entries.priority),
    sla: v.optional(detailsSchema.entries.sla),
  }),
  v.object({
    ...envelope,
    type: v.literal('conversation.ended'),
    /** When it ended by itself: why, and what the visitor reads of it. */
    because: v.optional(v.picklist(ENDED)),
    message: v.optional(v.string()),
  }),
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
  'conversation.requeued': 'everyone',
  'conversation.forwarded': 'everyone',
  // To the visitor a held conversation is served as before: it resumes as soon as he writes.
  'conversation.held': 'agents',
  'conversation.resumed': 'agents',
  'agent.joined': 'everyone',
  'agent.left': 'everyone',
  'details.changed': 'agents',
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

/** Whose turn it is to write: since the first message that the other side has not answered. */
const turnSchema = v.object({ of: v.picklist(['visitor', 'agent']), since: v.number() });

const timingSchema = v.object({
  /** Milliseconds in queues, without the present one. */
  waitedMs: v.number(),
  /** Answers of agents, and the sum of what each took. */
  answers: v.number(),
  answeredMs: v.number(),
});

const openedFields = {
  visitor: visitorFact,
  previousId: v.nullable(conversationIdSchema),
  page: v.nullable(v.string()),
  wanted: v.nullable(agentIdSchema),
  openedAt: v.number(),
  departmentId: departmentIdSchema,
  /** When it began to wait, this time. */
  queuedAt: v.number(),
  lastMessage: v.nullable(lastMessageSchema),
  /** The last word of the agents' side: whoever writes without having read it is asked. */
  lastReply: v.nullable(v.object({ seq: v.number(), agent: agentFact })),
  turn: v.nullable(turnSchema),
  timing: timingSchema,
  /** Colleagues who were invited and have not left. */
  helpers: v.array(agentFact),
  /** For agents only; a visitor's state holds {@link NO_DETAILS}. */
  details: detailsSchema,
  /** Who lost it, by silence or by leaving: it is not routed to him again. */
  lostBy: v.nullable(agentIdSchema),
};
const servedFields = {
  ...openedFields,
  agent: agentFact,
  takenAt: v.number(),
  /** Whether he has written since he got it. */
  hasAnswered: v.boolean(),
  /** When it last came back from hold; for agents only, a visitor's state holds null. */
  resumedAt: v.nullable(v.number()),
};

export const conversationStateSchema = v.variant('status', [
  v.object({ status: v.literal('new') }),
  v.object({ status: v.literal('queued'), ...openedFields }),
  v.object({ status: v.literal('serving'), ...servedFields }),
  v.object({ status: v.literal('held'), ...servedFields, heldAt: v.number() }),
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
export type HeldConversation = Extract<ConversationState, { status: 'held' }>;
export type ClosedConversation = Extract<ConversationState, { status: 'closed' }>;

/** Raised whenever `evolve` changes shape: a stored state of another version is folded anew. */
export const CONVERSATION_STATE_VERSION = 3;

export const NEW_CONVERSATION: ConversationState = { status: 'new' };

const PREVIEW_CHARACTERS = 140;

/** Folds one event into the state. An event that cannot follow leaves the state as it was. */
export function evolve(state: ConversationState, event: ConversationEvent): ConversationState {
  if (event.type === 'conversation.opened') return openedBy(event);
  if (state.status === 'new') return state;
  if (event.type === 'comment.added') {
    return state.status === 'closed' ? { ...state, comment: event.text } : state;
  }
  return state.status === 'closed' ? state : evolveOpen(state, event);
}

type Open = QueuedConversation | ServingConversation | HeldConversation;
type Happening = Exclude<ConversationEvent, { type: 'conversation.opened' | 'comment.added' }>;

function evolveOpen(state: Open, event: Happening): OpenedConversation {
  switch (event.type) {
    case 'message.sent':
      return heard(state, event);
    case 'conversation.taken':
      return state.status === 'queued' ? servedBy(event.agent, state, event.at) : state;
    case 'conversation.requeued': {
      if (state.status === 'queued') return state;
      const isLost = event.because === 'unanswered' || event.because === 'agent-gone';
      return queuedIn(state.departmentId, state, event.at, isLost ? state.agent.id : null);
    }
    case 'conversation.forwarded':
      return event.agent
        ? { ...servedBy(event.agent, state, event.at), departmentId: event.departmentId }
        : queuedIn(event.departmentId, state, event.at, null);
    case 'conversation.held':
      return state.status === 'serving' ? { ...state, status: 'held', heldAt: event.at } : state;
    case 'conversation.resumed': {
      if (state.status !== 'held') return state;
      const { heldAt: _, ...served } = state;
      return { ...served, status: 'serving', resumedAt: event.at };
    }
    case 'agent.joined':
      return { ...state, helpers: [...without(state.helpers, event.agent), event.agent] };
    case 'agent.left':
      return { ...state, helpers: without(state.helpers, event.agent) };
    case 'details.changed':
      return { ...state, details: { ...state.details, ...detailsIn(event) } };
    case 'conversation.ended':
      return closedBy(event, state);
  }
}

type EventOf<T extends ConversationEventType> = Extract<ConversationEvent, { type: T }>;

function openedBy(event: EventOf<'conversation.opened'>): QueuedConversation {
  return {
    status: 'queued',
    visitor: event.visitor,
    previousId: event.previousId,
    page: event.page,
    wanted: event.wanted ?? null,
    openedAt: event.at,
    departmentId: event.departmentId,
    queuedAt: event.at,
    lastMessage: null,
    lastReply: null,
    turn: null,
    timing: { waitedMs: 0, answers: 0, answeredMs: 0 },
    helpers: [],
    details: NO_DETAILS,
    lostBy: null,
  };
}

/** What every status has, and nothing else: a status is entered with no trace of the last one. */
function commonOf(state: Open): Omit<QueuedConversation, 'status'> {
  return {
    visitor: state.visitor,
    previousId: state.previousId,
    page: state.page,
    wanted: state.wanted,
    openedAt: state.openedAt,
    departmentId: state.departmentId,
    queuedAt: state.queuedAt,
    lastMessage: state.lastMessage,
    lastReply: state.lastReply,
    turn: state.turn,
    timing: state.timing,
    helpers: state.helpers,
    details: state.details,
    lostBy: state.lostBy,
  };
}

function servedBy(agent: AgentFact, state: Open, at: number): ServingConversation {
  return {
    ...commonOf(state),
    status: 'serving',
    timing: waited(state, at),
    helpers: without(state.helpers, agent),
    agent,
    takenAt: at,
    hasAnswered: false,
    resumedAt: null,
  };
}

/** Whoever was invited was invited by the agent it leaves, and leaves with him. */
function queuedIn(
  departmentId: DepartmentId,
  state: Open,
  at: number,
  lostBy: AgentId | null,
): QueuedConversation {
  return {
    ...commonOf(state),
    status: 'queued',
    timing: waited(state, at),
    departmentId,
    queuedAt: at,
    helpers: [],
    lostBy: lostBy ?? state.lostBy,
  };
}

function closedBy(event: EventOf<'conversation.ended'>, state: Open): ClosedConversation {
  return {
    ...commonOf(state),
    status: 'closed',
    timing: waited(state, event.at),
    helpers: [],
    agent: state.status === 'queued' ? null : state.agent,
    takenAt: state.status === 'queued' ? null : state.takenAt,
    closedAt: event.at,
    closedBy: event.by,
    comment: null,
  };
}

function waited({ status, timing, queuedAt }: Open, at: number): Open['timing'] {
  if (status !== 'queued') return timing;
  return { ...timing, waitedMs: timing.waitedMs + Math.max(0, at - queuedAt) };
}

function heard(state: Open, event: MessageSent): Open {
  const { by, at, seq, text } = event;
  const from = by.kind === 'visitor' ? 'visitor' : 'agent';
  const lastMessage = { seq, at, from, preview: text.slice(0, PREVIEW_CHARACTERS) } as const;
  const { turn } = state;
  const other = from === 'visitor' ? 'agent' : 'visitor';
  const next = { of: other, since: turn?.of === other ? turn.since : at } as const;
  if (by.kind !== 'agent') return { ...state, lastMessage, turn: next };
  const lastReply = { seq, agent: { id: by.id, name: by.name } };
  const said = { ...state, lastMessage, lastReply, turn: next, timing: answered(state, at) };
  return said.status === 'queued' ? said : { ...said, hasAnswered: true };
}

function answered({ turn, timing }: Open, at: number): Open['timing'] {
  if (turn?.of !== 'agent') return timing;
  const took = Math.max(0, at - turn.since);
  return { ...timing, answers: timing.answers + 1, answeredMs: timing.answeredMs + took };
}

function detailsIn(event: EventOf<'details.changed'>): Partial<Details> {
  const { topic, tags, priority, sla } = event;
  return {
    ...(topic !== undefined && { topic }),
    ...(tags !== undefined && { tags }),
    ...(priority !== undefined && { priority }),
    ...(sla !== undefined && { sla }),
  };
}

const without = (agents: readonly AgentFact[], { id }: AgentFact): AgentFact[] =>
  agents.filter((agent) => agent.id !== id);

/**
 * The state as an audience may know it. Law: folding the events that an audience hears equals the
 * audience's view of the whole fold.
 */
export function view(state: ConversationState, audience: Audience): ConversationState {
  if (audience === 'agents' || state.status === 'new') return state;
  const shown = { ...state, details: NO_DETAILS };
  switch (shown.status) {
    case 'queued':
      return shown;
    case 'serving':
      return { ...shown, resumedAt: null };
    case 'held': {
      const { heldAt: _, ...served } = shown;
      return { ...served, status: 'serving', resumedAt: null };
    }
    case 'closed':
      return { ...shown, comment: null };
  }
}

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
