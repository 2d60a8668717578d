// Where a conversation is after each event, by the rules of docs/spec: what is not possible has no place.

import type { LogEvent } from '../client/protocol.ts';
import type { Person } from '../history.ts';

interface Served {
  readonly departmentId: string;
  readonly agentId: string;
  readonly helpers: readonly string[];
}
export type Place =
  | { readonly is: 'new' | 'queued'; readonly departmentId: string }
  /** `agentId`: who served it to the end; null when nobody did. */
  | { readonly is: 'closed'; readonly departmentId: string; readonly agentId: string | null }
  | ({ readonly is: 'serving' | 'held' } & Served);
type Serving = Extract<Place, { is: 'serving' | 'held' }>;

/** The departments of each agent. */
export type Members = ReadonlyMap<string, readonly string[]>;

const NOWHERE: Place = { is: 'new', departmentId: '' };

export const authorOf = ({ by }: LogEvent): Person => (by.kind === 'agent' ? by.id : by.kind);

export const isServed = (place: Place): place is Serving =>
  place.is === 'serving' || place.is === 'held';

/** He serves it, or was invited to it. */
export const takesPart = (place: Place, person: Person): boolean =>
  isServed(place) && (place.agentId === person || place.helpers.includes(person));

/** Whether an agent may read it: he takes part, served it to its end, or is a member of its department. */
export const mayRead = (place: Place, person: Person, members: Members): boolean =>
  takesPart(place, person) ||
  (place.is === 'closed' && place.agentId === person) ||
  (members.get(person) ?? []).includes(place.departmentId);

/** Null when the event was not possible. */
export function placeAfter(place: Place, event: LogEvent, members: Members): Place | null {
  if (event.type === 'conversation.opened') {
    const isFirst = place.is === 'new' && authorOf(event) === 'visitor';
    return isFirst ? { is: 'queued', departmentId: event.departmentId ?? '' } : null;
  }
  if (place.is === 'new') return null;
  if (place.is === 'closed') {
    return event.type === 'comment.added' && event.by.kind === 'agent' ? place : null;
  }
  if (event.type === 'conversation.ended') {
    const isOfAgent = event.by.kind === 'agent';
    if (isOfAgent && !isHis(place, event)) return null;
    const agentId = isServed(place) ? place.agentId : null;
    return { is: 'closed', departmentId: place.departmentId, agentId };
  }
  return place.is === 'queued' ? whileQueued(place, event, members) : whileServed(place, event);
}

function whileQueued(place: Place, event: LogEvent, members: Members): Place | null {
  const { departmentId } = place;
  const agentId = event.agent?.id ?? '';
  switch (event.type) {
    case 'message.sent':
      return event.by.kind === 'visitor' ? place : null;
    case 'conversation.taken': {
      // By himself, or by the desk; of its department in either case.
      const isMember = (members.get(agentId) ?? []).includes(departmentId);
      const isGiven = event.by.kind === 'system' || authorOf(event) === agentId;
      return isMember && isGiven ? { is: 'serving', departmentId, agentId, helpers: [] } : null;
    }
    default:
      return null;
  }
}

/** The agent's own step: he serves it. */
const isHis = (place: Place, event: LogEvent): boolean =>
  isServed(place) && place.agentId === authorOf(event);

function whileServed(place: Place, event: LogEvent): Place | null {
  if (!isServed(place)) return null;
  const { departmentId, helpers } = place;
  const agentId = event.agent?.id ?? '';
  const author = authorOf(event);
  const isWaiting = place.is === 'held';
  switch (event.type) {
    case 'message.sent':
      if (author === 'visitor') return place;
      return !isWaiting && takesPart(place, author) ? place : null;
    case 'conversation.held':
      return !isWaiting && (isHis(place, event) || author === 'system')
        ? { ...place, is: 'held' }
        : null;
    case 'conversation.resumed':
      return isWaiting && (isHis(place, event) || author === 'visitor')
        ? { ...place, is: 'serving' }
        : null;
    case 'conversation.requeued':
      return REQUEUED_BY[event.because ?? '']?.(place, event)
        ? { is: 'queued', departmentId }
        : null;
    case 'conversation.forwarded': {
      if (isWaiting || !isHis(place, event)) return null;
      const target = event.departmentId ?? '';
      if (!event.agent) {
        return target === departmentId ? null : { is: 'queued', departmentId: target };
      }
      const isElsewhere = target !== departmentId || agentId === place.agentId;
      const others = helpers.filter((id) => id !== agentId);
      return isElsewhere ? null : { ...place, agentId, helpers: others };
    }
    case 'agent.joined':
      return takesPart(place, author) && !takesPart(place, agentId)
        ? { ...place, helpers: [...helpers, agentId] }
        : null;
    case 'agent.left':
      return author === agentId && helpers.includes(agentId)
        ? { ...place, helpers: helpers.filter((id) => id !== agentId) }
        : null;
    case 'details.changed':
    case 'comment.added':
      return isHis(place, event) ? place : null;
    default:
      return null;
  }
}

/** Who may put it back, and when, by what the event says. */
const REQUEUED_BY: Record<string, (place: Place, event: LogEvent) => boolean> = {
  moved: (place, event) => place.is === 'serving' && isHis(place, event),
  resumed: (place, event) => place.is === 'held' && authorOf(event) === 'visitor',
  unanswered: (place, event) => place.is === 'serving' && authorOf(event) === 'system',
  'agent-gone': (place, event) => place.is === 'serving' && authorOf(event) === 'system',
};

/** What is impossible is passed over: it is found once, by whoever judges the log. */
export function placesAlong(log: readonly LogEvent[], members: Members): Place[] {
  let place = NOWHERE;
  return [NOWHERE, ...log.map((event) => (place = placeAfter(place, event, members) ?? place))];
}

export const placeOf = (log: readonly LogEvent[], members: Members): Place =>
  placesAlong(log, members).at(-1) ?? NOWHERE;
