// What a conversation has come to after each event, by the rules of docs/spec: what is not possible leads nowhere.

import type { LogEvent } from './protocol.ts';
import type { Person } from '../history.ts';

interface Served {
  readonly departmentId: string;
  readonly agentId: string;
  readonly helpers: readonly string[];
}
export type Status =
  | { readonly is: 'new' | 'queued'; readonly departmentId: string }
  /** `agentId`: who served it to the end; null when nobody did. */
  | { readonly is: 'closed'; readonly departmentId: string; readonly agentId: string | null }
  | ({ readonly is: 'serving' | 'held' } & Served);
type Serving = Extract<Status, { is: 'serving' | 'held' }>;

/** The departments of each agent. */
export type Members = ReadonlyMap<string, readonly string[]>;

const NEW: Status = { is: 'new', departmentId: '' };

export const authorOf = ({ by }: LogEvent): Person => (by.kind === 'agent' ? by.id : by.kind);

export const isServed = (status: Status): status is Serving =>
  status.is === 'serving' || status.is === 'held';

/** They serve it, or were invited to it. */
export const takesPart = (status: Status, person: Person): boolean =>
  isServed(status) && (status.agentId === person || status.helpers.includes(person));

/** Whether an agent may read it: who takes part, who served it to its end, and who is a member of its department. */
export const mayRead = (status: Status, person: Person, members: Members): boolean =>
  takesPart(status, person) ||
  (status.is === 'closed' && status.agentId === person) ||
  (members.get(person) ?? []).includes(status.departmentId);

/** Null when the event was not possible. */
export function statusAfter(status: Status, event: LogEvent, members: Members): Status | null {
  if (event.type === 'conversation.opened') {
    const isFirst = status.is === 'new' && authorOf(event) === 'visitor';
    return isFirst ? { is: 'queued', departmentId: event.departmentId ?? '' } : null;
  }
  if (status.is === 'new') return null;
  if (status.is === 'closed') {
    return isAfterEnd(event) ? status : null;
  }
  if (event.type === 'conversation.ended') {
    const isOfAgent = event.by.kind === 'agent';
    if (isOfAgent && !isOwn(status, event)) return null;
    const agentId = isServed(status) ? status.agentId : null;
    return { is: 'closed', departmentId: status.departmentId, agentId };
  }
  return status.is === 'queued' ? whileQueued(status, event, members) : whileServed(status, event);
}

/** What agents add to it, and which conversation follows. */
const isAfterEnd = ({ type, by }: LogEvent): boolean =>
  by.kind === 'agent'
    ? ['comment.added', 'note.added', 'details.changed'].includes(type)
    : by.kind === 'system' && type === 'conversation.continued';

function whileQueued(status: Status, event: LogEvent, members: Members): Status | null {
  const { departmentId } = status;
  const agentId = event.agent?.id ?? '';
  switch (event.type) {
    case 'message.sent':
      return event.by.kind === 'visitor' ? status : null;
    case 'conversation.taken': {
      // Taken, or assigned; by or to a member of its department in either case.
      const isMember = (members.get(agentId) ?? []).includes(departmentId);
      const isGiven = event.by.kind === 'system' || authorOf(event) === agentId;
      return isMember && isGiven ? { is: 'serving', departmentId, agentId, helpers: [] } : null;
    }
    case 'note.added':
      return event.by.kind === 'agent' ? status : null;
    default:
      return null;
  }
}

/** A step of the agent who serves it. */
const isOwn = (status: Status, event: LogEvent): boolean =>
  isServed(status) && status.agentId === authorOf(event);

function whileServed(status: Status, event: LogEvent): Status | null {
  if (!isServed(status)) return null;
  const { departmentId, helpers } = status;
  const agentId = event.agent?.id ?? '';
  const author = authorOf(event);
  const isWaiting = status.is === 'held';
  switch (event.type) {
    case 'message.sent':
      if (author === 'visitor') return status;
      return !isWaiting && takesPart(status, author) ? status : null;
    case 'conversation.held':
      return !isWaiting && (isOwn(status, event) || author === 'system')
        ? { ...status, is: 'held' }
        : null;
    case 'conversation.resumed':
      return isWaiting && (isOwn(status, event) || author === 'visitor')
        ? { ...status, is: 'serving' }
        : null;
    case 'conversation.requeued':
      return REQUEUED_BY[event.because ?? '']?.(status, event)
        ? { is: 'queued', departmentId }
        : null;
    case 'conversation.forwarded': {
      if (isWaiting || !isOwn(status, event)) return null;
      const target = event.departmentId ?? '';
      if (!event.agent) {
        return target === departmentId ? null : { is: 'queued', departmentId: target };
      }
      const isElsewhere = target !== departmentId || agentId === status.agentId;
      const others = helpers.filter((id) => id !== agentId);
      return isElsewhere ? null : { ...status, agentId, helpers: others };
    }
    case 'agent.joined':
      return takesPart(status, author) && !takesPart(status, agentId)
        ? { ...status, helpers: [...helpers, agentId] }
        : null;
    case 'agent.left':
      return author === agentId && helpers.includes(agentId)
        ? { ...status, helpers: helpers.filter((id) => id !== agentId) }
        : null;
    case 'note.added':
      return event.by.kind === 'agent' ? status : null;
    case 'details.changed':
    case 'comment.added':
      return isOwn(status, event) ? status : null;
    default:
      return null;
  }
}

/** Who may requeue it, and when, by what the event says. */
const REQUEUED_BY: Record<string, (status: Status, event: LogEvent) => boolean> = {
  moved: (status, event) => status.is === 'serving' && isOwn(status, event),
  resumed: (status, event) => status.is === 'held' && authorOf(event) === 'visitor',
  unanswered: (status, event) => status.is === 'serving' && authorOf(event) === 'system',
  'agent-gone': (status, event) => status.is === 'serving' && authorOf(event) === 'system',
};

/** What is impossible is passed over: it is found once, where the log is judged. */
export function statusesAlong(log: readonly LogEvent[], members: Members): Status[] {
  let status = NEW;
  return [NEW, ...log.map((event) => (status = statusAfter(status, event, members) ?? status))];
}

export const statusOf = (log: readonly LogEvent[], members: Members): Status =>
  statusesAlong(log, members).at(-1) ?? NEW;
