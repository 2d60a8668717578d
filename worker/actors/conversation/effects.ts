// What the rest of the desk must learn from a conversation's change. Pure.

import type { PlaceKind } from '#shared/agent.ts';
import type { ConversationState, OpenedConversation } from '#shared/conversation/state.ts';
import type { QueueEntry } from '#shared/department.ts';
import type { AgentId, ConversationId, DepartmentId, VisitorId } from '#shared/ids.ts';
import type { Settings } from '#shared/settings/schema.ts';

export type ConversationEffect =
  | {
      to: 'queue';
      departmentId: DepartmentId;
      entry: QueueEntry;
      /** Only at its beginning: who is looked up as preferred to serve it. */
      preferring: { visitorId: VisitorId; wanted: AgentId | null } | null;
    }
  | { to: 'queue-exit'; departmentId: DepartmentId; seq: number }
  | {
      to: 'place';
      agentId: AgentId;
      /** null: he has none any more. */
      as: PlaceKind | null;
      departmentId: DepartmentId;
      seq: number;
    }
  | { to: 'index'; state: OpenedConversation; seq: number };

/** @param seq of the last event that led to `after` */
export function effectsOf(
  conversationId: ConversationId,
  before: ConversationState,
  after: OpenedConversation,
  seq: number,
  settings: Settings,
): ConversationEffect[] {
  if (isOnlySaid(before, after)) return [];
  const effects: ConversationEffect[] = [];
  const { departmentId } = after;
  const hasMoved = before.status === 'queued' && before.departmentId !== departmentId;
  if (before.status === 'queued' && (after.status !== 'queued' || hasMoved)) {
    effects.push({ to: 'queue-exit', departmentId: before.departmentId, seq });
  }
  if (after.status === 'queued') {
    const { visitor, wanted } = after;
    effects.push({
      to: 'queue',
      departmentId,
      entry: queueEntry(conversationId, after, seq, settings),
      preferring: before.status === 'new' ? { visitorId: visitor.id, wanted } : null,
    });
  }
  effects.push(...placeEffects(before, after, seq));
  if (isTurn(before, after)) effects.push({ to: 'index', state: after, seq });
  return effects;
}

/** Most of what happens are messages to somebody who serves: they concern nobody else. */
function isOnlySaid(before: ConversationState, after: OpenedConversation): boolean {
  if (before.status === 'new' || after.status === 'queued') return false;
  return before.helpers === after.helpers && !isTurn(before, after);
}

/** Whether a change is one of the conversation's course: then its state is stored, and the index told. */
export function isTurn(before: ConversationState, after: OpenedConversation): boolean {
  return (
    before.status !== after.status ||
    before.departmentId !== after.departmentId ||
    servingAgent(before) !== servingAgent(after)
  );
}

const servingAgent = (state: OpenedConversation): AgentId | null =>
  state.status === 'queued' ? null : (state.agent?.id ?? null);

function placeEffects(
  before: ConversationState,
  after: OpenedConversation,
  seq: number,
): ConversationEffect[] {
  const had = placesIn(before);
  const has = placesIn(after);
  const { departmentId } = after;
  return [...new Set([...had.keys(), ...has.keys()])]
    .filter((agentId) => had.get(agentId) !== has.get(agentId))
    .map((agentId) => ({ to: 'place', agentId, as: has.get(agentId) ?? null, departmentId, seq }));
}

/** Who has a place with it, and as what. */
export function placesIn(state: ConversationState): Map<AgentId, PlaceKind> {
  const places = new Map<AgentId, PlaceKind>();
  if (state.status === 'new' || state.status === 'closed') return places;
  for (const { id } of state.helpers) places.set(id, 'helping');
  if (state.status === 'serving') places.set(state.agent.id, 'serving');
  if (state.status === 'held') places.set(state.agent.id, 'on-hold');
  return places;
}

function queueEntry(
  conversationId: ConversationId,
  { visitor, queuedAt, openedAt, lastMessage, details, lostBy }: OpenedConversation,
  seq: number,
  { priorities, default_priority, sla }: Settings,
): QueueEntry {
  // The settings may no longer have what was once chosen.
  const isKnown = priorities.some(({ id }) => id === details.priority);
  const priority = (isKnown && details.priority) || default_priority;
  const promise = sla.find(({ id }) => id === details.sla);
  return {
    conversationId,
    seq,
    visitorName: visitor.name,
    queuedAt,
    preview: lastMessage?.preview ?? '',
    priority,
    rank: priorities.findIndex(({ id }) => id === priority),
    dueAt: promise ? openedAt + promise.due_minutes * 60_000 : null,
    openedAt,
    lostBy,
  };
}
