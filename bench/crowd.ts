// Conversations by the hundred at each contender, opened no faster than file descriptors allow.

import { setTimeout as sleep } from 'node:timers/promises';
import { startBare } from './bare-contender.ts';
import type { Contender, Talk } from './contender.ts';
import { Parley } from './parley.ts';
import { startSocketIo } from './socket-io-contender.ts';

/** An awake object holds three files and a socket each; faster than this they pile up. */
const SOCKETS_PER_SECOND = 100;
const SOCKETS_PER_TALK = 2;

export interface Crowd {
  readonly contender: Contender;
  readonly talks: Talk[];
}

export async function startCrowds(): Promise<Crowd[]> {
  const contenders = [await Parley.start(), await startBare(), await startSocketIo()];
  return contenders.map((contender) => ({ contender, talks: [] }));
}

/** Opens conversations until there are `size`. */
export async function grow({ contender, talks }: Crowd, size: number): Promise<void> {
  const wanted = size - talks.length;
  talks.push(
    ...(await atPace(wanted, SOCKETS_PER_SECOND / SOCKETS_PER_TALK, () => contender.talk())),
  );
}

/** Begins `count` pieces of work at a pace. */
export async function atPace<T>(
  count: number,
  perSecond: number,
  work: (index: number) => Promise<T>,
): Promise<T[]> {
  const begun: Promise<T>[] = [];
  for (let index = 0; index < count; index++) {
    begun.push(work(index));
    await sleep(1000 / perSecond);
  }
  return Promise.all(begun);
}

export async function dismiss(crowds: readonly Crowd[]): Promise<void> {
  for (const { contender } of crowds) await contender.server.stop();
}
