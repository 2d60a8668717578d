// Every line drops at once and comes back as docs/protocol.md says, with something written meanwhile.

import { setTimeout as sleep } from 'node:timers/promises';
import { talkersOf } from '../contender.ts';
import { grow, type Crowd } from '../crowd.ts';
import { atMost, table, type Section } from '../report.ts';
import { digits, quantile } from '../statistics.ts';

const SOCKETS = 2_000;
const MOST_SECONDS = 10;
const MOST_RATIO = 1.2;
const GIVEN_UP_MS = 60_000;

interface Storm {
  readonly name: string;
  readonly sockets: number;
  /** From the drop until each socket had what the other side wrote. */
  readonly completeMs: readonly number[];
  readonly doubled: number;
  readonly cpuMs: number;
}

export async function storm(crowds: readonly Crowd[], quick: boolean): Promise<Section> {
  const sockets = quick ? SOCKETS / 4 : SOCKETS;
  const found: Storm[] = [];
  for (const crowd of crowds) {
    await grow(crowd, sockets / 2);
    found.push(await raise(crowd));
    await sleep(3_000); // What it has woken goes back to sleep before the next begins.
  }
  const [parley, bare] = found;
  const seconds = Math.max(...(parley?.completeMs ?? [])) / 1000;
  const costlier = (parley?.cpuMs ?? NaN) / (bare?.cpuMs ?? NaN);
  const slower = medianOf(parley) / medianOf(bare);
  const all = parley?.completeMs.length === sockets && parley.doubled === 0;
  return {
    title: 'Everybody reconnects at once',
    text:
      `${sockets} sockets of ${sockets / 2} conversations drop in the same instant. Each comes back after a ` +
      'random part of two seconds, doubled with each failure, says the last `seq` it has, and sends a ' +
      'message that was written meanwhile. Complete: it has the other side’s message.',
    tables: [
      table(
        ['', 'sockets', 'complete', 'p50 s', 'p99 s', 'all after s', 'doubled', 'CPU s'],
        found.map(({ name, sockets, completeMs, doubled, cpuMs }) => [
          name,
          sockets,
          completeMs.length,
          digits(quantile(completeMs, 0.5) / 1000),
          digits(quantile(completeMs, 0.99) / 1000),
          digits(Math.max(...completeMs) / 1000),
          doubled,
          digits(cpuMs / 1000),
        ]),
      ),
    ],
    bars: [
      {
        what: `${sockets} reconnects complete, nothing lost or doubled`,
        found: all ? `${digits(seconds)} s` : `${parley?.completeMs.length} of ${sockets}`,
        bar: `≤ ${MOST_SECONDS} s`,
        met: all && seconds <= MOST_SECONDS,
      },
      atMost(`CPU of ${sockets} reconnects ÷ bare object`, costlier, MOST_RATIO),
      atMost(`p50 of ${sockets} reconnects ÷ bare object`, slower, MOST_RATIO),
    ],
  };
}

const medianOf = (storm: Storm | undefined) => quantile(storm?.completeMs ?? [], 0.5);

async function raise({ contender, talks }: Crowd): Promise<Storm> {
  const talkers = talkersOf(talks);
  const completeMs: number[] = [];
  let doubled = 0;
  const cpuBefore = await contender.server.cpuMs();
  for (const talker of talkers) talker.drop();
  const begun = performance.now();
  for (const [index, talker] of talkers.entries()) {
    let isComplete = false;
    talker.onText = () => {
      if (isComplete) doubled++;
      else completeMs.push(performance.now() - begun);
      isComplete = true;
    };
    void talker.comeBack().then(() => talker.say(`meanwhile ${index}`));
  }
  while (completeMs.length < talkers.length && performance.now() - begun < GIVEN_UP_MS) {
    await sleep(20);
  }
  await sleep(500); // For doubles that may yet come.
  const cpuMs = (await contender.server.cpuMs()) - cpuBefore;
  const { name } = contender;
  return { name, sockets: talkers.length, completeMs, doubled, cpuMs };
}
