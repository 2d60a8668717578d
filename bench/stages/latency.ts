// How long a message takes from one side to the other, and what it costs the server, side by side.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Talk } from '../contender.ts';
import { grow, type Crowd } from '../crowd.ts';
import { table, type Section } from '../report.ts';
import { digits, median, quantile } from '../statistics.ts';

interface Level {
  readonly talks: number;
  readonly messagesPerSecond: number;
}

const LEVELS: readonly Level[] = [
  { talks: 50, messagesPerSecond: 100 },
  { talks: 200, messagesPerSecond: 200 },
  { talks: 1000, messagesPerSecond: 400 },
];
/** Where Parley is held against the bare object. */
const JUDGED_TALKS = 200;
const MOST_RATIO = 1.3;
const MESSAGE_CHARACTERS = 80;
const STRAGGLERS_MS = 5_000;

/** What came of one contender's turn. */
interface Turn {
  readonly toAgentMs: readonly number[];
  readonly toVisitorMs: readonly number[];
  readonly lost: number;
  readonly cpuMsPerMessage: number;
}

interface Measured {
  readonly name: string;
  readonly turns: readonly Turn[];
}

export async function latency(crowds: readonly Crowd[], quick: boolean): Promise<Section> {
  const levels = quick ? LEVELS.slice(0, 2) : LEVELS;
  const [rounds, seconds] = quick ? [3, 3] : [7, 4];
  const measured = new Map<number, Measured[]>();
  for (const level of levels) {
    for (const crowd of crowds) await grow(crowd, level.talks);
    for (const crowd of crowds) await take(crowd, level, 2); // Warm-up: nothing of it counts.
    const found = crowds.map(({ contender }) => ({ name: contender.name, turns: [] as Turn[] }));
    for (let round = 0; round < rounds; round++) {
      for (let place = 0; place < crowds.length; place++) {
        const which = (round + place) % crowds.length;
        const crowd = crowds[which];
        if (crowd) found[which]?.turns.push(await take(crowd, level, seconds));
      }
    }
    measured.set(level.talks, found);
    console.log(tableOf(level, found));
  }
  return {
    title: 'A message from one side to the other',
    text:
      `Each contender in turn, ${rounds} rounds of ${seconds} s after a warm-up; messages of ` +
      `${MESSAGE_CHARACTERS} characters at an even pace, half of them from each side. A figure is the median ` +
      'over the rounds; a ratio is the median over the rounds of Parley to that contender in the same ' +
      'round. CPU is of the whole server process tree. Parley answers with two frames where the bare object ' +
      'sends one: the event to both sides, which acknowledges it to its author. Receipts are told by the rules of ' +
      'the protocol. The load speaks the protocol by a client of its own.',
    tables: levels.map((level) => tableOf(level, measured.get(level.talks) ?? [])),
    bars: barsOf(measured.get(JUDGED_TALKS) ?? []),
  };
}

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
  return { toAgentMs, toVisitorMs, lost: sentAt.size, cpuMsPerMessage: cpuMs / delivered };
}

function say(talks: readonly Talk[], index: number, sentAt: Map<string, number>): void {
  const talk = talks[index % talks.length];
  // By turns in each conversation, and both sides at work at any time.
  const byVisitor = (index + Math.floor(index / talks.length)) % 2 === 0;
  const text = `${index} of ${performance.timeOrigin} `.padEnd(MESSAGE_CHARACTERS, 'leaf ');
  sentAt.set(text, performance.now());
  (byVisitor ? talk?.visitor : talk?.agent)?.say(text);
}

const both = ({ toAgentMs, toVisitorMs }: Turn) => [...toAgentMs, ...toVisitorMs];
const p50 = (turn: Turn) => median(both(turn));
const cpu = ({ cpuMsPerMessage }: Turn) => cpuMsPerMessage;

function tableOf({ talks, messagesPerSecond }: Level, found: readonly Measured[]): string {
  const over = (turns: readonly Turn[], of: (turn: Turn) => number) => median(turns.map(of));
  const [parley] = found;
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
        over(turns, p50),
        over(turns, (turn) => quantile(both(turn), 0.95)),
        over(turns, (turn) => quantile(both(turn), 0.99)),
        over(turns, ({ toAgentMs }) => median(toAgentMs)),
        over(turns, ({ toVisitorMs }) => median(toVisitorMs)),
        over(turns, cpu),
      ].map(digits),
      turns.reduce((total, { lost }) => total + lost, 0),
      digits(ratio(parley, { name, turns }, p50)),
      digits(ratio(parley, { name, turns }, cpu)),
    ]),
  );
}

/** The median over the rounds, because what disturbs a round disturbs all of its turns. */
function ratio(of: Measured | undefined, to: Measured | undefined, by: (turn: Turn) => number) {
  const ratios = (of?.turns ?? []).flatMap((turn, round) => {
    const other = to?.turns[round];
    return other ? [by(turn) / by(other)] : [];
  });
  return median(ratios);
}

function barsOf([parley, bare]: readonly Measured[]) {
  return [
    { what: `p50 at ${JUDGED_TALKS} conversations ÷ bare object`, by: p50 },
    { what: `CPU per delivered message at ${JUDGED_TALKS} ÷ bare object`, by: cpu },
  ].map(({ what, by }) => {
    const found = ratio(parley, bare, by);
    return { what, found: digits(found), bar: `${MOST_RATIO}`, met: found <= MOST_RATIO };
  });
}
