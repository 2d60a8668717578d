// What a month of conversations costs at Cloudflare's prices.

import { costOf, PLAN, STORED_GB, type Billed } from '../prices.ts';
import { table } from '../report.ts';
import { sum } from '../statistics.ts';
import { MESSAGES_PER_REQUEST, requestsTo, type Units } from '../../worker/testing/units.ts';

const CONVERSATIONS = 10_000 * 30;
/** Wall time that an object is billed for with each event, what it waits for included. */
const EVENT_SECONDS = 0.05;
/** Memory that every object is billed as. */
const OBJECT_GB = 0.128;
const WORKER_CPU_MS = 5;
const STORED_KB = 45;
const STORED_DAYS = 30;
const INDEXED_KB = 1;

export function monthly(one: Units): { text: string; tables: string[] } {
  const actors = Object.values(one.actors);
  const events = sum(
    actors.map(
      (units) => requestsTo(units) + units.messages - units.messages / MESSAGES_PER_REQUEST,
    ),
  );
  const each: Record<Billed, number> = {
    workerRequests: one.workerRequests,
    workerCpuMs: one.workerRequests * WORKER_CPU_MS,
    objectRequests: sum(actors.map(requestsTo)),
    objectGbSeconds: events * EVENT_SECONDS * OBJECT_GB,
    rowsRead: sum(actors.map(({ rowsRead }) => rowsRead)),
    rowsWritten: sum(actors.map(({ rowsWritten }) => rowsWritten)),
    directoryRowsRead: one.directory.rowsRead,
    directoryRowsWritten: one.directory.rowsWritten,
  };
  const lines = NAMES.map(([what, name]) => {
    const units = each[what] * CONVERSATIONS;
    return { name, units: inMillions(units), cost: costOf(what, units) };
  });
  const storedGb = (STORED_KB * CONVERSATIONS * (STORED_DAYS / 30)) / 1e6;
  const indexedGb = (INDEXED_KB * CONVERSATIONS * 12) / 1e6;
  lines.push({
    name: `stored by objects for ${STORED_DAYS} days`,
    units: `${storedGb.toFixed(1)} GB`,
    cost: Math.max(0, storedGb - STORED_GB.included) * STORED_GB.object,
  });
  lines.push({
    name: 'stored in D1 for a year',
    units: `${indexedGb.toFixed(1)} GB`,
    cost: Math.max(0, indexedGb - STORED_GB.included) * STORED_GB.directory,
  });
  const total = PLAN + sum(lines.map(({ cost }) => cost));
  return {
    text:
      `A month is ${CONVERSATIONS.toLocaleString('en-GB')} such conversations, 10,000 a day. Assumed: ` +
      `${EVENT_SECONDS * 1000} ms of wall time an event at ${OBJECT_GB * 1000} MB (idle objects hibernate, which ` +
      `is free), ${WORKER_CPU_MS} ms of CPU a Worker request, ${STORED_KB} kB kept by a conversation for ` +
      `${STORED_DAYS} days and ${INDEXED_KB} kB in D1 for a year. Left out: agents’ workspaces being open, ` +
      'visitors who come back to the page, e-mail, files.',
    tables: [
      table(
        ['10,000 conversations a day', 'a month', 'cost'],
        [
          ['Workers Paid', '', `$${PLAN.toFixed(2)}`],
          ...lines.map(({ name, units, cost }) => [name, units, `$${cost.toFixed(2)}`]),
          ['**Total**', '', `**$${total.toFixed(2)}**`],
        ],
      ),
    ],
  };
}

const NAMES: readonly (readonly [Billed, string])[] = [
  ['workerRequests', 'Worker requests'],
  ['workerCpuMs', 'Worker CPU ms'],
  ['objectRequests', 'object requests'],
  ['objectGbSeconds', 'object GB-s'],
  ['rowsRead', 'rows read by objects'],
  ['rowsWritten', 'rows written by objects'],
  ['directoryRowsRead', 'rows read in D1'],
  ['directoryRowsWritten', 'rows written in D1'],
];

const inMillions = (units: number) => `${(units / 1e6).toFixed(2)} M`;
