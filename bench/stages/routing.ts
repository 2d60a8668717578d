// What waits is given to the agent who becomes free: how fast, and at what price, by how many wait.

import { setTimeout as sleep } from 'node:timers/promises';
import { POOLS } from '../team.ts';
import { Parley } from '../parley.ts';
import { atMost, table, type Section } from '../report.ts';
import { CHATS_AT_MOST, RoutedTeam, type Worker } from '../routed-team.ts';
import { digits, median, quantile, sum } from '../statistics.ts';
import {
  callsIn,
  requestsIn,
  rowsReadIn,
  rowsWrittenIn,
  type ActorUnits,
  type Units,
} from '../../worker/testing/units.ts';

const LENGTHS = [10, 1_000, 10_000] as const;
/** Real conversations that wait, at most: more than are assigned. Entries without one stand behind them. */
const MOST_REAL = 1_000;
const PAIRS = POOLS.length / 2;
const MOST_RATIO = 1.5;
const MOST_MS = 100;
/** Until what an assignment leads to has been done. */
const SETTLED_AFTER_MS = 100;
/** The department tells who waits half a second after the first move: a burst is counted before that. */
const BURST_MS = 250;
const TOLD_AFTER_MS = 600;

interface Size {
  readonly agents: number;
  readonly bursts: number;
}
const FULL: Size = { agents: 500, bursts: 30 };
const QUICK: Size = { agents: 100, bursts: 6 };

interface Found {
  readonly ms: number[];
  /** What each burst cost. */
  readonly assigning: Units[];
  /** How many of those who wait were told that they have moved. */
  told: number;
}

export async function routing(quick: boolean): Promise<Section> {
  const size = quick ? QUICK : FULL;
  const parley = await Parley.start('control');
  const team = await RoutedTeam.open(parley, size.agents);
  const shortest = await measure(parley, team, LENGTHS[0], size);
  const others: Found[] = [];
  for (const length of LENGTHS.slice(1)) others.push(await measure(parley, team, length, size));
  team.close();
  await parley.server.stop();
  return report(shortest, others, size);
}

/** Bursts of one assignment in each pair of departments, the queues filled up before each. */
async function measure(
  parley: Parley,
  team: RoutedTeam,
  length: number,
  size: Size,
): Promise<Found> {
  await fill(team, length);
  await burst(parley, team, 0); // Wakes the departments, and compiles queries.
  const found: Found = { ms: [], assigning: [], told: 0 };
  for (let nth = 1; nth <= size.bursts; nth++) {
    await fill(team, length);
    await sleep(TOLD_AFTER_MS);
    const { ms, units } = await burst(parley, team, nth);
    found.ms.push(...ms);
    found.assigning.push(units);
    await sleep(TOLD_AFTER_MS);
    found.told += callsIn(await parley.ledger(), 'sendQueuePosition');
  }
  return found;
}

async function burst(
  parley: Parley,
  team: RoutedTeam,
  nth: number,
): Promise<{ ms: number[]; units: Units }> {
  const leaving = await Promise.all(oneOfEachPair(team, nth).map((one) => ending(team, one)));
  await parley.resetLedger();
  const begun = performance.now();
  const ms: number[] = [];
  for (const end of leaving) if (performance.now() - begun < BURST_MS) ms.push(await end());
  await sleep(SETTLED_AFTER_MS);
  return { ms, units: await parley.ledger() };
}

const fill = (team: RoutedTeam, length: number): Promise<void> =>
  team.fillQueues(
    Math.min(length, MOST_REAL) / POOLS.length,
    Math.max(0, length - MOST_REAL) / POOLS.length,
  );

/** Somebody else each time, in turns those of one department and those of both. */
function oneOfEachPair({ workers }: RoutedTeam, burst: number): Worker[] {
  return Array.from({ length: PAIRS }).flatMap((_, place) => {
    // Another pair is the first each time, for a slow machine does not get to the last.
    const pair = (place + burst) % PAIRS;
    const own = workers.filter((worker) => worker.pair === pair);
    return own[burst % own.length] ?? [];
  });
}

/** Ready to end one of their conversations; answers with the time until the next one shows on their screen. */
async function ending(team: RoutedTeam, worker: Worker): Promise<() => Promise<number>> {
  const [id] = worker.served;
  if (id === undefined) throw new Error('they serve nothing');
  const line = await team.at(id, worker);
  return async () => {
    const next = team.nextOf(worker);
    const begun = performance.now();
    await Promise.all([line.must({ type: 'conversation.end', comment: null }), next]);
    const tookMs = performance.now() - begun;
    line.drop();
    return tookMs;
  };
}

interface Each {
  readonly requests: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly told: number;
}

/** The mean of one assignment. */
function eachOf({ ms, assigning, told }: Found): Each {
  const mean = (count: (one: Units) => number) => sum(assigning.map(count)) / ms.length;
  return {
    requests: mean(requestsIn),
    rowsRead: mean(rowsReadIn),
    rowsWritten: mean(rowsWrittenIn),
    told: told / ms.length,
  };
}

function report(shortest: Found, others: readonly Found[], { agents }: Size): Section {
  const found = [shortest, ...others];
  const longest = others.at(-1) ?? shortest;
  const slower = (one: Found) => median(one.ms) / median(shortest.ms);
  const rows = (one: Found) => eachOf(one).rowsRead + eachOf(one).rowsWritten;
  const dearer = (one: Found) => rows(one) / rows(shortest);
  return {
    title: 'Assigning from a queue',
    text:
      `${POOLS.length} departments with load balancing and ${agents} agents, each with a workspace open, a member ` +
      `of one department or of two, and full with ${CHATS_AT_MOST} conversations. ` +
      `${found.map(({ ms }) => ms.length).join(', ')} times an agent ends a conversation and gets the next: measured ` +
      'from the command until that one shows in the workspace, and counted with all that both lead to. Half a ' +
      'second later those who wait hear that they have moved, the first few at each position and the others at every ' +
      'step, once for all moves of that while. ' +
      `Of what waits the first ${MOST_REAL.toLocaleString('en-GB')} are real conversations whose visitors have left ` +
      'the page, the others bare entries. A department that nobody has touched for ten seconds hibernates, and ' +
      'reads the first 1,000 who wait when it wakes.',
    tables: [
      table(
        [
          ...['in the queues', 'p50 ms', 'p95 ms', 'p99 ms', 'time ÷ 10'],
          ...['requests', 'rows read', 'rows written', 'rows ÷ 10', 'told'],
        ],
        found.map((one, at) => {
          const { requests, rowsRead, rowsWritten, told } = eachOf(one);
          return [
            (LENGTHS[at] ?? 0).toLocaleString('en-GB'),
            ...[0.5, 0.95, 0.99].map((share) => digits(quantile(one.ms, share))),
            digits(slower(one)),
            ...[requests, rowsRead, rowsWritten].map(digits),
            digits(dearer(one)),
            digits(told),
          ];
        }),
      ),
      sourcesTable(longest),
    ],
    bars: [
      atMost('assigning out of 10,000 ÷ out of 10', slower(longest), MOST_RATIO),
      atMost('rows for an assignment out of 10,000 ÷ out of 10', dearer(longest), MOST_RATIO),
      atMost('an ended conversation to the next, p95', quantile(longest.ms, 0.95), MOST_MS, ' ms'),
    ],
  };
}

/** Where an assignment's requests and rows come from. */
function sourcesTable({ ms, assigning }: Found): string {
  const names = [...new Set(assigning.flatMap(({ actors }) => Object.keys(actors)))];
  const rows = names.map((name) => {
    const all = assigning.flatMap(({ actors }) => actors[name] ?? []);
    const mean = (count: (one: ActorUnits) => number) => digits(sum(all.map(count)) / ms.length);
    const calls = [...new Set(all.flatMap((one) => Object.keys(one.calls)))];
    return [
      name,
      calls.map((call) => `${call} ${mean((one) => one.calls[call] ?? 0)}`).join(', '),
      mean(({ rowsRead }) => rowsRead),
      mean(({ rowsWritten }) => rowsWritten),
    ];
  });
  const directory = (count: (one: Units['directory']) => number) =>
    digits(sum(assigning.map((one) => count(one.directory))) / ms.length);
  return table(
    ['of the longest', 'calls', 'rows read', 'rows written'],
    [
      ...rows,
      ['D1', '', directory(({ rowsRead }) => rowsRead), directory((one) => one.rowsWritten)],
    ],
  );
}
