// Judges the desk at rest: queues, places and the index against the logs, and each agent against his limit.

import type { LogEvent } from '../client/protocol.ts';
import { eventLine } from './evidence.ts';
import { placeOf } from './log.ts';
import type { Violation } from './violation.ts';

/** The desk as its departments, its agents and its index show it. */
export interface DeskAtRest {
  /** By department. */
  readonly queues: ReadonlyMap<string, readonly string[]>;
  /** By agent. */
  readonly held: ReadonlyMap<string, readonly string[]>;
  readonly index: readonly { readonly id: string; readonly seq: number; readonly status: string }[];
}

/** What is kept of a log that has been judged: its turns, without its messages. */
export type Turns = readonly LogEvent[];

export const turnsOf = (log: readonly LogEvent[]): Turns =>
  log.filter(({ type }) => type !== 'message.sent');

export function judgeDesk(logs: ReadonlyMap<string, Turns>, desk: DeskAtRest): Violation[] {
  const wanted: Facts = new Set();
  for (const [id, turns] of logs) {
    const place = placeOf(turns);
    const opened = turns.find(({ type }) => type === 'conversation.opened');
    if (!opened) continue;
    if (place.is === 'queued') wanted.add(`${id} queued ${opened.departmentId ?? ''}`);
    if (place.is === 'serving') wanted.add(`${id} held ${place.agentId}`);
    wanted.add(`${id} index ${place.is}`);
  }
  return [
    ...difference(wanted, factsOf(desk), logs),
    ...difference(factsOf(desk), wanted, logs, true),
  ];
}

type Facts = Set<string>;

function factsOf({ queues, held, index }: DeskAtRest): Facts {
  return new Set([
    ...[...queues].flatMap(([department, ids]) => ids.map((id) => `${id} queued ${department}`)),
    ...[...held].flatMap(([agentId, ids]) => ids.map((id) => `${id} held ${agentId}`)),
    ...index.map(({ id, status }) => `${id} index ${status}`),
  ]);
}

function difference(
  wanted: Facts,
  facts: Facts,
  logs: ReadonlyMap<string, Turns>,
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

/** The desk's own clock orders its logs here: it is one machine's, and faults do not touch it. */
export function judgeCapacity(logs: ReadonlyMap<string, Turns>, limit: number): Violation[] {
  const changes = new Map<string, { at: number; by: 1 | -1; id: string }[]>();
  for (const [id, turns] of logs) {
    const taken = turns.find(({ type }) => type === 'conversation.taken');
    if (!taken?.agent) continue;
    const ended = turns.find(({ type }) => type === 'conversation.ended');
    const own = changes.get(taken.agent.id) ?? [];
    changes.set(taken.agent.id, own);
    own.push(
      { at: taken.at, by: 1, id },
      ...(ended ? [{ at: ended.at, by: -1 as const, id }] : []),
    );
  }
  return [...changes].flatMap(([agentId, own]) => overLimit(agentId, own, limit));
}

function overLimit(
  agentId: string,
  changes: readonly { at: number; by: 1 | -1; id: string }[],
  limit: number,
): Violation[] {
  const held = new Set<string>();
  // Within one millisecond, what ends goes first.
  for (const { by, id, at } of [...changes].sort((a, b) => a.at - b.at || a.by - b.by)) {
    if (by === -1) held.delete(id);
    else held.add(id);
    if (held.size <= limit) continue;
    return [
      {
        promise: 'capacity',
        conversationId: id,
        what: `${agentId} served ${held.size} conversations at ${at}, and may serve ${limit}`,
        history: [...held].map((one) => `  serves ${one}`),
      },
    ];
  }
  return [];
}
