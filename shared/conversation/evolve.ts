// What each event makes of a conversation. The actor and the browser fold the same log with it.

import { withChanges } from '#shared/custom-fields.ts';
import type { AgentId, DepartmentId } from '#shared/ids.ts';
import { bodyAfter } from './amendments.ts';
import {
  NO_DETAILS,
  type AgentRef,
  type ConversationEvent,
  type ConversationEventType,
  type Details,
} from './events.ts';
import { previewOf, type Amendment, type MessageSent } from './message-events.ts';
import type {
  ClosedConversation,
  ConversationState,
  LiveConversation,
  OpenedConversation,
  QueuedConversation,
  ServingConversation,
} from './state.ts';

/** Folds one event into the state. An event that cannot follow leaves the state as it was. */
export function evolve(state: ConversationState, event: ConversationEvent): ConversationState {
  if (event.type === 'conversation.opened') return openedBy(event);
  if (state.status === 'new') return state;
  if (event.type === 'fields.shown') return state;
  if (event.type === 'comment.added') {
    return state.status === 'closed' ? { ...state, comment: event.text } : state;
  }
  if (event.type === 'details.changed') {
    return { ...state, details: changedBy(event, state.details) };
  }
  if (event.type === 'conversation.continued') {
    return state.status === 'closed' ? { ...state, nextId: event.nextId } : state;
  }
  if (event.type === 'contact.renamed') {
    return { ...state, visitor: { ...state.visitor, name: event.name } };
  }
  return state.status === 'closed' ? state : evolveOpen(state, event);
}

type Happening = Exclude<
  ConversationEvent,
  {
    type:
      | 'conversation.opened'
      | 'comment.added'
      | 'details.changed'
      | 'fields.shown'
      | 'conversation.continued'
      | 'contact.renamed';
  }
>;

function evolveOpen(state: LiveConversation, event: Happening): OpenedConversation {
  switch (event.type) {
    case 'message.sent':
      return heard(state, event);
    case 'message.edited':
    case 'message.deleted':
      return amended(state, event);
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
      return state.status === 'serving'
        ? { ...state, status: 'held', heldAt: event.at, until: event.until ?? null }
        : state;
    case 'conversation.resumed': {
      if (state.status !== 'held') return state;
      const { heldAt: _, until: __, ...served } = state;
      return { ...served, status: 'serving', resumedAt: event.at };
    }
    case 'agent.joined':
      return { ...state, helpers: [...without(state.helpers, event.agent), event.agent] };
    case 'agent.left':
      return { ...state, helpers: without(state.helpers, event.agent) };
    // It is nobody's turn by it, and it answers nobody.
    case 'note.added':
      return { ...state, mentioned: [...new Set([...state.mentioned, ...event.mentions])] };
    case 'conversation.ended':
      return closedBy(event, state);
    case 'alert.escalated':
      return state;
    case 'sla.warned':
      return { ...state, warnedSla: event.sla };
  }
}

type EventOf<T extends ConversationEventType> = Extract<ConversationEvent, { type: T }>;

function openedBy(event: EventOf<'conversation.opened'>): QueuedConversation {
  return {
    status: 'queued',
    visitor: event.visitor,
    initialName: event.visitor.name,
    previousId: event.previousId,
    page: event.page,
    wanted: event.wanted,
    channel: event.channel,
    locale: event.locale,
    contactId: event.contactId,
    client: event.client ?? null,
    openedAt: event.at,
    departmentId: event.departmentId,
    queuedAt: event.at,
    lastMessage: null,
    lastReply: null,
    amendedAt: 0,
    turn: null,
    timing: { waitedMs: 0, answers: 0, answeredMs: 0, firstMs: null },
    helpers: [],
    details: NO_DETAILS,
    mentioned: [],
    lostBy: null,
    warnedSla: null,
  };
}

/** What every status has, and nothing else: a status is entered with no trace of the last one. */
function commonOf(state: LiveConversation): Omit<QueuedConversation, 'status'> {
  return {
    visitor: state.visitor,
    initialName: state.initialName,
    previousId: state.previousId,
    page: state.page,
    wanted: state.wanted,
    channel: state.channel,
    locale: state.locale,
    contactId: state.contactId,
    client: state.client,
    openedAt: state.openedAt,
    departmentId: state.departmentId,
    queuedAt: state.queuedAt,
    lastMessage: state.lastMessage,
    lastReply: state.lastReply,
    amendedAt: state.amendedAt,
    turn: state.turn,
    timing: state.timing,
    helpers: state.helpers,
    details: state.details,
    mentioned: state.mentioned,
    lostBy: state.lostBy,
    warnedSla: state.warnedSla,
  };
}

function servedBy(agent: AgentRef, state: LiveConversation, at: number): ServingConversation {
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

/** Invited colleagues were invited by the agent who no longer serves it, and leave with them. */
function queuedIn(
  departmentId: DepartmentId,
  state: LiveConversation,
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

function closedBy(
  event: EventOf<'conversation.ended'>,
  state: LiveConversation,
): ClosedConversation {
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
    nextId: null,
  };
}

function waited(
  { status, timing, queuedAt }: LiveConversation,
  at: number,
): LiveConversation['timing'] {
  if (status !== 'queued') return timing;
  return { ...timing, waitedMs: timing.waitedMs + Math.max(0, at - queuedAt) };
}

function heard(state: LiveConversation, event: MessageSent): LiveConversation {
  const { by, at, seq, body } = event;
  const from = by.kind === 'visitor' ? 'visitor' : 'agent';
  const lastMessage = { seq, at, from, preview: previewOf(body) } as const;
  const { turn } = state;
  const other = from === 'visitor' ? 'agent' : 'visitor';
  const next = { of: other, since: turn?.of === other ? turn.since : at } as const;
  if (by.kind !== 'agent') return { ...state, lastMessage, turn: next };
  const lastReply = { seq, agent: { id: by.id, name: by.name } };
  const said = { ...state, lastMessage, lastReply, turn: next, timing: answered(state, at) };
  return said.status === 'queued' ? said : { ...said, hasAnswered: true };
}

/** It was their turn, and still is; what was answered stays answered. */
function amended(state: LiveConversation, event: Amendment): LiveConversation {
  const { lastMessage } = state;
  const changed = { ...state, amendedAt: event.seq };
  if (lastMessage?.seq !== event.message) return changed;
  return { ...changed, lastMessage: { ...lastMessage, preview: previewOf(bodyAfter(event)) } };
}

function answered({ turn, timing }: LiveConversation, at: number): LiveConversation['timing'] {
  if (turn?.of !== 'agent') return timing;
  const took = Math.max(0, at - turn.since);
  return {
    ...timing,
    answers: timing.answers + 1,
    answeredMs: timing.answeredMs + took,
    firstMs: timing.firstMs ?? took,
  };
}

function changedBy(event: EventOf<'details.changed'>, details: Details): Details {
  const { topic, tags, priority, sla, fields } = event;
  return {
    ...details,
    ...(topic !== undefined && { topic }),
    ...(tags !== undefined && { tags }),
    ...(priority !== undefined && { priority }),
    ...(sla !== undefined && { sla }),
    ...(fields && { fields: withChanges(details.fields, fields) }),
  };
}

const without = (agents: readonly AgentRef[], { id }: AgentRef): AgentRef[] =>
  agents.filter((agent) => agent.id !== id);
