// Judges the deployment at rest: queues, slots and the index against the logs, and each agent against their limit.

import type { LogEvent, Slot } from '../client/protocol.ts';
import { eventLine } from './evidence.ts';
import { isServed, placeOf, placesAlong, type Members } from './place.ts';
import type { Violation } from './violation.ts';

/** The desk as its departments, its agents and its index show it. */
export interface DeskAtRest {
  /** By department. */
  readonly queues: ReadonlyMap<string, readonly string[]>;
  /** By agent. */
  readonly places: ReadonlyMap<string, readonly Slot[]>;
  readonly index: readonly { readonly id: string; readonly seq: number; readonly status: string }[];
}

/** What is kept of a log that has been judged: its turns, without its messages. */
export type CommandQueue = readonly LogEvent[];

export const turnsOf = (log: readonly LogEvent[]): CommandQueue =>
  log.filter(({ type }) => type !== 'message.sent');

export function judgeDesk(
  logs: ReadonlyMap<string, CommandQueue>,
  desk: DeskAtRest,
  members: Members,
): Violation[] {
  const wanted: Facts = new Set();
  for (const [id, turns] of logs) {
    const place = placeOf(turns, members);
    if (place.is === 'new') continue;
    if (place.is === 'queued') wanted.add(`${id} queued ${place.departmentId}`);
    if (isServed(place)) {
      wanted.add(`${id} ${place.is === 'held' ? 'on-hold' : 'serving'} ${place.agentId}`);
      for (const helper of place.helpers) wanted.add(`${id} helping ${helper}`);
    }
    wanted.add(`${id} index ${place.is}`);
  }
  return [
    ...difference(wanted, factsOf(desk), logs),
    ...difference(factsOf(desk), wanted, logs, true),
  ];
}

type Facts = Set<string>;

function factsOf({ queues, places, index }: DeskAtRest): Facts {
  return new Set([
    ...[...queues].flatMap(([department, ids]) => ids.map((id) => `${id} queued ${department}`)),
    ...[...places].flatMap(([agentId, own]) =>
      own.map(({ conversationId, as }) => `${conversationId} ${as} ${agentId}`),
    ),
    ...index.map(({ id, status }) => `${id} index ${status}`),
  ]);
}

function difference(
  wanted: Facts,
  facts: Facts,
  logs: ReadonlyMap<string, CommandQueue>,
  isExtra = false,
): Violation[] {
  return [...wanted]
    .filter((fact) => !facts.has(fact))
    .map((fact) => {
      const [conversationId = ''] = fact.split(' ');
      return {
        promise: 'desk',
        conversationId,
        what: isExtra
          ? `the desk says “${fact}”, its log does not`
          : `the desk does not say “${fact}”`,
        history: (logs.get(conversationId) ?? []).map(eventLine),
      };
    });
}

interface Change {
  /** By the desk's own clock: it is one machine's, and faults do not touch it. */
  readonly at: number;
  readonly by: 1 | -1;
  readonly id: string;
}

/** What is on hold takes no place, and neither does what somebody was invited to. */
export function judgeCapacity(
  logs: ReadonlyMap<string, CommandQueue>,
  limit: number,
  members: Members,
): Violation[] {
  const changes = new Map<string, Change[]>();
  for (const [id, turns] of logs) {
    const places = placesAlong(turns, members);
    const servingAt = (index: number) => {
      const place = places[index];
      return place?.is === 'serving' ? place.agentId : null;
    };
    for (const [index, { at }] of turns.entries()) {
      const [before, after] = [servingAt(index), servingAt(index + 1)];
      if (before === after) continue;
      if (before !== null) push(changes, before, { at, by: -1, id });
      if (after !== null) push(changes, after, { at, by: 1, id });
    }
  }
  return [...changes].flatMap(([agentId, own]) => overLimit(agentId, own, limit));
}

function push(changes: Map<string, Change[]>, agentId: string, change: Change): void {
  changes.set(agentId, [...(changes.get(agentId) ?? []), change]);
}

/** What happens within one millisecond is seen only in its result: clocks don't tell its order. */
function overLimit(agentId: string, changes: readonly Change[], limit: number): Violation[] {
  const served = new Set<string>();
  const inOrder = [...changes].sort((a, b) => a.at - b.at);
  for (const [index, { by, id, at }] of inOrder.entries()) {
    if (by === -1) served.delete(id);
    else served.add(id);
    if (served.size <= limit || inOrder[index + 1]?.at === at) continue;
    return [
      {
        promise: 'capacity',
        conversationId: id,
        what: `${agentId} served ${served.size} conversations at ${at}, and may serve ${limit}`,
        history: [...served].map((one) => `  serves ${one}`),
      },
    ];
  }
  return [];
}
