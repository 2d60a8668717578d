// Judges the server at rest: queues, slots and the index against the logs, and each agent against their limit.

import type { LogEvent, Slot } from './protocol.ts';
import { eventLine } from './evidence.ts';
import { isServed, statusOf, statusesAlong, type Members } from './status.ts';
import type { Violation } from './violation.ts';

/** The server as its departments, its agents and its index show it. */
export interface ServerAtRest {
  /** By department. */
  readonly queues: ReadonlyMap<string, readonly string[]>;
  /** By agent. */
  readonly slots: ReadonlyMap<string, readonly Slot[]>;
  readonly index: readonly { readonly id: string; readonly seq: number; readonly status: string }[];
}

/** What is kept of a log that has been judged: all but its messages. */
export type Lifecycle = readonly LogEvent[];

export const lifecycleOf = (log: readonly LogEvent[]): Lifecycle =>
  log.filter(({ type }) => type !== 'message.sent');

export function judgeServer(
  logs: ReadonlyMap<string, Lifecycle>,
  server: ServerAtRest,
  members: Members,
): Violation[] {
  const wanted: Facts = new Set();
  for (const [id, lifecycle] of logs) {
    const status = statusOf(lifecycle, members);
    if (status.is === 'new') continue;
    if (status.is === 'queued') wanted.add(`${id} queued ${status.departmentId}`);
    if (isServed(status)) {
      wanted.add(`${id} ${status.is === 'held' ? 'on-hold' : 'serving'} ${status.agentId}`);
      for (const helper of status.helpers) wanted.add(`${id} helping ${helper}`);
    }
    wanted.add(`${id} index ${status.is}`);
  }
  return [
    ...difference(wanted, factsOf(server), logs),
    ...difference(factsOf(server), wanted, logs, true),
  ];
}

type Facts = Set<string>;

function factsOf({ queues, slots, index }: ServerAtRest): Facts {
  return new Set([
    ...[...queues].flatMap(([department, ids]) => ids.map((id) => `${id} queued ${department}`)),
    ...[...slots].flatMap(([agentId, own]) =>
      own.map(({ conversationId, as }) => `${conversationId} ${as} ${agentId}`),
    ),
    ...index.map(({ id, status }) => `${id} index ${status}`),
  ]);
}

function difference(
  wanted: Facts,
  facts: Facts,
  logs: ReadonlyMap<string, Lifecycle>,
  isExtra = false,
): Violation[] {
  return [...wanted]
    .filter((fact) => !facts.has(fact))
    .map((fact) => {
      const [conversationId = ''] = fact.split(' ');
      return {
        promise: 'server',
        conversationId,
        what: isExtra
          ? `the server says “${fact}”, its log does not`
          : `the server does not say “${fact}”`,
        history: (logs.get(conversationId) ?? []).map(eventLine),
      };
    });
}

interface Change {
  /** By the server's own clock: it is one machine's, and faults do not touch it. */
  readonly at: number;
  readonly by: 1 | -1;
  readonly id: string;
}

/** What is on hold does not count, and neither does what someone was invited to. */
export function judgeCapacity(
  logs: ReadonlyMap<string, Lifecycle>,
  limit: number,
  members: Members,
): Violation[] {
  const changes = new Map<string, Change[]>();
  for (const [id, lifecycle] of logs) {
    const statuses = statusesAlong(lifecycle, members);
    const servingAt = (index: number) => {
      const status = statuses[index];
      return status?.is === 'serving' ? status.agentId : null;
    };
    for (const [index, { at }] of lifecycle.entries()) {
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
