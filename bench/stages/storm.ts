// Every line drops at once and comes back as docs/protocol.md says, with something written meanwhile.

import { setTimeout as sleep } from 'node:timers/promises';
import { talkersOf, type Talker } from '../contender.ts';
import { grow, type Crowd } from '../crowd.ts';
import { table, type Section } from '../report.ts';
import { digits, quantile } from '../statistics.ts';

const SOCKETS = 2_000;
const MOST_SECONDS = 10;
const BACKOFF_FIRST_MS = 2_000;
const BACKOFF_MOST_MS = 30_000;
const GIVEN_UP_MS = 60_000;

interface Storm {
  readonly name: string;
  readonly sockets: number;
  /** From the drop until each socket had what the other side wrote. */
  readonly completeMs: readonly number[];
  readonly failedTries: number;
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
  const parley = found[0];
  const seconds = Math.max(...(parley?.completeMs ?? [])) / 1000;
  const all = parley?.completeMs.length === sockets && parley.doubled === 0;
  return {
    title: 'Everybody reconnects at once',
    text:
      `${sockets} sockets of ${sockets / 2} conversations drop in the same instant. Each comes back after a ` +
      'random part of two seconds, doubled with each failure, says the last `seq` it has, and sends a ' +
      'message that was written meanwhile. Complete: it has the other side’s message.',
    tables: [
      table(
        [
          '',
          'sockets',
          'complete',
          'p50 s',
          'p99 s',
          'all after s',
          'failed tries',
          'doubled',
          'CPU s',
        ],
        found.map(({ name, sockets, completeMs, failedTries, doubled, cpuMs }) => [
          name,
          sockets,
          completeMs.length,
          digits(quantile(completeMs, 0.5) / 1000),
          digits(quantile(completeMs, 0.99) / 1000),
          digits(Math.max(...completeMs) / 1000),
          failedTries,
          doubled,
          digits(cpuMs / 1000),
        ]),
      ),
    ],
    bars: [
      {
        what: `${sockets} reconnects complete, nothing lost or doubled`,
        found: all ? `${digits(seconds)} s` : `${parley?.completeMs.length} of ${sockets}`,
        bar: `${MOST_SECONDS} s`,
        met: all && seconds <= MOST_SECONDS,
      },
    ],
  };
}

async function raise({ contender, talks }: Crowd): Promise<Storm> {
  const talkers = talkersOf(talks);
  const completeMs: number[] = [];
  let failedTries = 0;
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
    void comeBack(talker, () => failedTries++).then(() => talker.say(`meanwhile ${index}`));
  }
  while (completeMs.length < talkers.length && performance.now() - begun < GIVEN_UP_MS) {
    await sleep(20);
  }
  await sleep(500); // For doubles that may yet come.
  const cpuMs = (await contender.server.cpuMs()) - cpuBefore;
  const { name } = contender;
  return { name, sockets: talkers.length, completeMs, failedTries, doubled, cpuMs };
}

async function comeBack(talker: Talker, onFailure: () => void): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    await sleep(Math.random() * Math.min(BACKOFF_MOST_MS, BACKOFF_FIRST_MS * 2 ** attempt));
    try {
      return await talker.resume();
    } catch {
      onFailure();
      talker.drop();
    }
  }
}
