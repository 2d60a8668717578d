// How many messages a server carries when everybody answers at once.

import { setTimeout as sleep } from 'node:timers/promises';
import { grow, type Crowd } from '../crowd.ts';
import { phrase } from '../phrase.ts';
import { atLeast, table, type Section } from '../report.ts';
import { digits, sum } from '../statistics.ts';

const TALKS = 200;
const LEAST_RATIO = 0.95;
const WARM_UP_SECONDS = 3;

/** What came of one contender's turn. */
interface Turn {
  readonly messages: number;
  readonly tookMs: number;
  readonly cpuMs: number;
}

const perSecond = (turns: readonly Turn[]) =>
  (sum(turns.map(({ messages }) => messages)) * 1000) / sum(turns.map(({ tookMs }) => tookMs));
const cpuMsPerMessage = (turns: readonly Turn[]) =>
  sum(turns.map(({ cpuMs }) => cpuMs)) / sum(turns.map(({ messages }) => messages));

export async function throughput(crowds: readonly Crowd[], quick: boolean): Promise<Section> {
  const [rounds, seconds] = quick ? [3, 3] : [14, 2];
  const turns: Turn[][] = crowds.map(() => []);
  for (const crowd of crowds) {
    await grow(crowd, TALKS);
    await take(crowd, WARM_UP_SECONDS);
  }
  for (let round = 0; round < rounds; round++) {
    for (let place = 0; place < crowds.length; place++) {
      const which = (round + place) % crowds.length;
      const crowd = crowds[which];
      if (crowd) turns[which]?.push(await take(crowd, seconds));
    }
  }
  const [parley = [], bare = []] = turns;
  return {
    title: 'Flat out',
    text:
      `In each of ${TALKS} conversations one message is on its way at any time: who gets it answers at once. ` +
      `${rounds} rounds of ${seconds} s for each contender in turn, all of them together. Load and server share the machine, so what the ` +
      'client of a contender burns is missing to its server.',
    tables: [
      table(
        ['', 'messages/s', 'CPU ms/message'],
        crowds.map(({ contender }, place) => [
          contender.name,
          digits(perSecond(turns[place] ?? [])),
          digits(cpuMsPerMessage(turns[place] ?? [])),
        ]),
      ),
    ],
    bars: [
      atLeast(
        'messages a second, flat out ÷ bare object',
        perSecond(parley) / perSecond(bare),
        LEAST_RATIO,
      ),
    ],
  };
}

async function take({ contender, talks }: Crowd, seconds: number): Promise<Turn> {
  let isOver = false;
  let delivered = 0;
  for (const { visitor, agent } of talks.slice(0, TALKS)) {
    for (const one of [visitor, agent]) {
      one.onText = () => {
        delivered++;
        if (!isOver) one.say(phrase(delivered));
      };
    }
  }
  const before = await contender.server.cpuMs();
  const begun = performance.now();
  for (const { visitor } of talks.slice(0, TALKS)) visitor.say(phrase(delivered));
  await sleep(seconds * 1000);
  const inTime = delivered;
  const tookMs = performance.now() - begun;
  const cpuMs = (await contender.server.cpuMs()) - before;
  isOver = true;
  for (let known = -1; known !== delivered; await sleep(200)) known = delivered;
  return { messages: inTime, tookMs, cpuMs };
}
