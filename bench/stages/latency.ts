// How long a message takes from one side to the other, and what it costs the server, side by side.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Talk } from '../contender.ts';
import { grow, type Crowd } from '../crowd.ts';
import { phrase, PHRASE_CHARACTERS } from '../phrase.ts';
import { atMost, table, type Bar, type Section } from '../report.ts';
import { digits, median, quantile, sum } from '../statistics.ts';

interface Level {
  readonly talks: number;
  readonly messagesPerSecond: number;
}

/** Where Parley is held against the bare object. */
const COMPARED: readonly Level[] = [
  { talks: 50, messagesPerSecond: 100 },
  { talks: 200, messagesPerSecond: 200 },
  { talks: 1000, messagesPerSecond: 400 },
];
const MOST_RATIO = 1.15;
/** What one workerd is to carry. */
const BUSIEST: Level = { talks: 1000, messagesPerSecond: 1000 };
const MOST_P50_MS = 5;
const STRAGGLERS_MS = 5_000;

/** What came of one contender's turn. */
interface Turn {
  readonly toAgentMs: readonly number[];
  readonly toVisitorMs: readonly number[];
  readonly lost: number;
  readonly delivered: number;
  readonly cpuMs: number;
}

interface Measured {
  readonly name: string;
  readonly turns: Turn[];
}

export async function latency(crowds: readonly Crowd[], quick: boolean): Promise<Section> {
  const levels = quick ? COMPARED.slice(0, 2) : [...COMPARED, BUSIEST];
  const [rounds, seconds] = quick ? [3, 3] : [14, 2];
  const measured: { level: Level; found: Measured[] }[] = [];
  for (const level of levels) {
    for (const crowd of crowds) await grow(crowd, level.talks);
    for (const crowd of crowds) await take(crowd, level, warmUpSeconds(level));
    const found = crowds.map(({ contender }): Measured => ({ name: contender.name, turns: [] }));
    for (let round = 0; round < rounds; round++) {
      for (let place = 0; place < crowds.length; place++) {
        const which = (round + place) % crowds.length;
        const crowd = crowds[which];
        if (crowd) found[which]?.turns.push(await take(crowd, level, seconds));
      }
    }
    measured.push({ level, found });
    console.log(tableOf(level, found));
  }
  return {
    title: 'A message from one side to the other',
    text:
      `Each contender in turn, ${rounds} rounds of ${seconds} s after a warm-up; messages of ` +
      `${PHRASE_CHARACTERS} characters at an even pace, half of them from each side. A figure is the median ` +
      'over the rounds; a ratio is the median over the rounds of Parley to that contender in the same ' +
      'round. CPU is of the whole server process tree. Parley’s people write and read with the client that the ' +
      'widget and the workspace ship: each message passes its outbox, and its reader tells a receipt. The bare ' +
      'object’s people have a socket and nothing else.',
    tables: measured.map(({ level, found }) => tableOf(level, found)),
    bars: measured.flatMap(({ level, found }) => barsOf(level, found)),
  };
}

/** Until every conversation is awake, each side has written, and the engine has compiled what runs often. */
const warmUpSeconds = ({ talks, messagesPerSecond }: Level): number =>
  Math.max(10, (2 * talks) / messagesPerSecond);

/** One contender's turn: messages at an even pace through all of its conversations. */
async function take({ contender, talks }: Crowd, level: Level, seconds: number): Promise<Turn> {
  const sentAt = new Map<string, number>();
  const toAgentMs: number[] = [];
  const toVisitorMs: number[] = [];
  const heard = (into: number[]) => (text: string) => {
    const at = sentAt.get(text);
    if (at === undefined) return;
    into.push(performance.now() - at);
    sentAt.delete(text);
  };
  for (const { agent, visitor } of talks) {
    agent.onText = heard(toAgentMs);
    visitor.onText = heard(toVisitorMs);
  }

  const cpuBefore = await contender.server.cpuMs();
  const total = level.messagesPerSecond * seconds;
  const begun = performance.now();
  for (let index = 0; index < total; index++) {
    const due = begun + (index * 1000) / level.messagesPerSecond;
    while (performance.now() < due) await sleep(1);
    say(talks, index, sentAt);
  }
  const patience = performance.now() + STRAGGLERS_MS;
  while (sentAt.size > 0 && performance.now() < patience) await sleep(5);
  const cpuMs = (await contender.server.cpuMs()) - cpuBefore;
  const delivered = total - sentAt.size;
  return { toAgentMs, toVisitorMs, lost: sentAt.size, delivered, cpuMs };
}

function say(talks: readonly Talk[], index: number, sentAt: Map<string, number>): void {
  const talk = talks[index % talks.length];
  // By turns in each conversation, and both sides at work at any time.
  const byVisitor = (index + Math.floor(index / talks.length)) % 2 === 0;
  const text = phrase(index);
  sentAt.set(text, performance.now());
  (byVisitor ? talk?.visitor : talk?.agent)?.say(text);
}

// Turns are short and many, and all of them count together: what disturbs the machine then falls on each contender
// alike, where the ratio of two turns of some seconds moves by a third from run to run.
const allMs = (turns: readonly Turn[], of: 'toAgentMs' | 'toVisitorMs') =>
  turns.flatMap((turn) => turn[of]);
const bothMs = (turns: readonly Turn[]) => [
  ...allMs(turns, 'toAgentMs'),
  ...allMs(turns, 'toVisitorMs'),
];
const p50 = (turns: readonly Turn[]) => median(bothMs(turns));
const cpu = (turns: readonly Turn[]) =>
  sum(turns.map(({ cpuMs }) => cpuMs)) / sum(turns.map(({ delivered }) => delivered));

function tableOf({ talks, messagesPerSecond }: Level, found: readonly Measured[]): string {
  const parley = found[0]?.turns ?? [];
  return table(
    [
      `${talks} conversations, ${messagesPerSecond} messages/s`,
      'p50 ms',
      'p95 ms',
      'p99 ms',
      'to agent p50',
      'to visitor p50',
      'CPU ms/message',
      'lost',
      'Parley’s p50 ÷',
      'Parley’s CPU ÷',
    ],
    found.map(({ name, turns }) => [
      name,
      ...[
        p50(turns),
        quantile(bothMs(turns), 0.95),
        quantile(bothMs(turns), 0.99),
        median(allMs(turns, 'toAgentMs')),
        median(allMs(turns, 'toVisitorMs')),
        cpu(turns),
      ].map(digits),
      sum(turns.map(({ lost }) => lost)),
      digits(p50(parley) / p50(turns)),
      digits(cpu(parley) / cpu(turns)),
    ]),
  );
}

function barsOf(level: Level, found: readonly Measured[]): Bar[] {
  const [parley = [], bare = []] = found.map(({ turns }) => turns);
  const { talks, messagesPerSecond } = level;
  if (level === BUSIEST) {
    const what = `p50 at ${talks} conversations and ${messagesPerSecond} messages/s`;
    return [atMost(what, p50(parley), MOST_P50_MS, ' ms')];
  }
  return [
    atMost(`p50 at ${talks} conversations ÷ bare object`, p50(parley) / p50(bare), MOST_RATIO),
    atMost(`CPU for a message at ${talks} ÷ bare object`, cpu(parley) / cpu(bare), MOST_RATIO),
  ];
}
