// The process that floods: it does as its parent says, and tells what came of it.

import { KINDS, late, type Stranger } from './kinds.ts';
import type { Outcome } from './loud-socket.ts';

export interface Flood {
  readonly kind: string;
  readonly url: string;
  readonly seconds: number;
  readonly strangers: readonly Stranger[];
}

export type Tally = Record<Outcome, number>;

const TICK_MS = 10;
/** One process can do no more; what is beyond the limit by a factor stays so. */
const MOST_PER_SECOND = 2_000;
/** Of all strangers together, ten requests of each are on their way at a time. */
const MOST_WAITING = 200;

async function flood({ kind, url, seconds, strangers }: Flood): Promise<Tally> {
  const { perSecond, begin } = KINDS[kind] ?? {};
  if (perSecond === undefined || begin === undefined) throw new Error(`no flood of ${kind}`);
  const asks = strangers.map((who) => begin(url, who));
  const tally: Tally = { taken: 0, told: 0, other: 0 };
  const waiting = new Set<Promise<void>>();
  const pace = Math.min(perSecond * strangers.length, MOST_PER_SECOND);
  const begun = performance.now();
  let asked = 0;
  for (let at = 0; at < seconds * 1000; at = performance.now() - begun) {
    while (asked < (pace * at) / 1000 && waiting.size < MOST_WAITING) {
      const ask = asks[asked++ % asks.length];
      if (!ask) break;
      const done: Promise<void> = Promise.race([ask(), late()]).then((outcome) => {
        tally[outcome] += 1;
        waiting.delete(done);
      });
      waiting.add(done);
    }
    await new Promise((waited) => setTimeout(waited, TICK_MS));
  }
  await Promise.all(waiting);
  return tally;
}

process.on('message', (order) => {
  void flood(order as Flood).then((tally) => process.send?.(tally)); // Its parent has the same type.
});
process.on('disconnect', () => process.exit());
