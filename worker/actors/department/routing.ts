// Who gets which conversation. Pure: the department tells who waits and who is there, and makes the offers.

import {
  isRoutable,
  QUEUE_IN_SIGHT,
  type QueueEntry,
  type RosterEntry,
} from '#shared/department.ts';
import type { AgentId, VisitorId } from '#shared/ids.ts';
import type { Policy } from '#shared/settings/schema.ts';
import type { Outstanding } from './offers.ts';

export type Method = Policy['routing']['method'];

/** An agent as routing sees them. */
export interface Candidate {
  readonly agentId: AgentId;
  /** Conversations that they serve, and those that are being offered to them. */
  readonly open: number;
  /** How many more they may get. */
  readonly free: number;
  readonly assignedAt: number;
}

export interface Offer {
  readonly entry: QueueEntry;
  readonly agentId: AgentId;
}

/**
 * @param limitHere as many conversations of this department as one agent may serve; null: no such limit
 */
export function candidateOf(
  agent: RosterEntry,
  { count, lastAt }: Outstanding,
  limitHere: number | null,
): Candidate | null {
  if (!isRoutable(agent)) return null;
  const { agentId } = agent;
  const assignedAt = Math.max(agent.assignedAt, lastAt);
  const open = agent.open + count;
  const free = agent.limit - open;
  const freeHere = limitHere === null ? free : limitHere - agent.openHere - count;
  return { agentId, open, free: Math.min(free, freeHere), assignedAt };
}

const byRotation = (a: Candidate, b: Candidate): number =>
  a.assignedAt - b.assignedAt || (a.agentId < b.agentId ? -1 : 1);

const byLoad = (a: Candidate, b: Candidate): number => a.open - b.open || byRotation(a, b);

/** An endpoint that can't say is stood in for by load balancing. */
const ORDERS: Record<Exclude<Method, 'manual'>, typeof byLoad> = {
  'load-balancing': byLoad,
  'load-rotation': byRotation,
  external: byLoad,
};

/** What is known when conversations are assigned. */
export interface Situation {
  readonly method: Exclude<Method, 'manual'>;
  readonly candidates: readonly Candidate[];
  /** Visitors of whom an agent serves a conversation: no other one of theirs is assigned meanwhile. */
  readonly served: ReadonlySet<VisitorId | null>;
  /** Epoch milliseconds: who gets something now goes to the end of the rotation. */
  readonly now: number;
}

/**
 * Offers what waits, in order, to agents who may have it. One that nobody may have does not hold up the next.
 * @param waiting in the order of the queue; read no further than there are places
 */
export function assign(
  waiting: Iterable<QueueEntry>,
  { method, candidates, served: known, now }: Situation,
): Offer[] {
  const offers: Offer[] = [];
  const served = new Set(known);
  let agents = [...candidates];
  let places = agents.reduce((sum, { free }) => sum + Math.max(0, free), 0);
  if (places === 0) return offers;
  for (const entry of waiting) {
    if (served.has(entry.visitorId)) continue;
    const chosen = choose(agents, entry.lostBy, ORDERS[method]);
    if (!chosen) continue;
    offers.push({ entry, agentId: chosen.agentId });
    if (entry.visitorId !== null) served.add(entry.visitorId);
    const { open, free } = chosen;
    const busier = { ...chosen, open: open + 1, free: free - 1, assignedAt: now + offers.length };
    agents = agents.map((agent) => (agent === chosen ? busier : agent));
    places -= 1;
    if (places === 0) break;
  }
  return offers;
}

/** Who lost a conversation gets it again only when there is nobody else at all. */
function choose(
  agents: readonly Candidate[],
  lostBy: AgentId | null,
  order: typeof byLoad,
): Candidate | undefined {
  const others = agents.filter(({ agentId }) => agentId !== lostBy);
  return (others.length > 0 ? others : agents)
    .filter(({ free }) => free > 0)
    .reduce<Candidate | undefined>(
      (best, agent) => (best && order(best, agent) <= 0 ? best : agent),
      undefined,
    );
}

/** The first of those that are preferred who has a place. */
export function preferredOf(
  preferred: readonly AgentId[],
  candidates: readonly Candidate[],
): AgentId | null {
  return (
    preferred.find((id) => candidates.some(({ agentId, free }) => agentId === id && free > 0)) ??
    null
  );
}

// --- Where somebody stands in the queue.

/** Far back a visitor is told in steps, so that a long queue does not tell everybody at each move. */
const STEPS = [1, 2, 3, 4, 5, 10, 20, 50, 100, 200, QUEUE_IN_SIGHT];

/** Positions whose visitors learn that they have moved, when something before them has left. */
export const stepsWithin = (length: number): number[] => STEPS.filter((step) => step <= length);

/**
 * Seconds until the place in front is free: as many conversations as stand before it, over the rate at which
 * the agents who are there finish theirs. Null when nobody is there, or nothing is known of them.
 */
export function waitSecondsAt(
  position: number,
  roster: Iterable<RosterEntry>,
  limitHere: number | null,
): number | null {
  let places = 0;
  const handling: number[] = [];
  for (const agent of roster) {
    if (!isRoutable(agent)) continue;
    places += Math.min(agent.limit, limitHere ?? agent.limit);
    if (agent.handlingMs !== null) handling.push(agent.handlingMs);
  }
  if (places === 0 || handling.length === 0) return null;
  const mean = handling.reduce((sum, ms) => sum + ms, 0) / handling.length;
  return Math.ceil((position * mean) / places / 1000);
}
