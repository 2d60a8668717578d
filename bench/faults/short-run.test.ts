// The harness against the real desk, for some seconds; `npm run faults` does it for as long as one likes.

import { beforeAll, expect, test } from 'vitest';
import { buildDesk } from './desk/build.ts';
import { FAULT_NAMES, type Fault } from './faults.ts';
import { evidence, shortest } from './report.ts';
import { run } from './run.ts';

beforeAll(buildDesk);

/** They come within seconds; the others may be too rare for a run this short. */
const SURE: readonly Fault[] = ['cut', 'ack-lost', 'ack-twice', 'tabs', 'kill', 'evict', 'd1'];

test('[FH4] a real desk keeps every promise while it is cut, killed and confused', async () => {
  const outcome = await run({
    seconds: 12,
    seed: 20_261_122,
    faults: new Set(FAULT_NAMES),
    sure: SURE.filter((fault) => fault !== 'tabs' && fault !== 'd1'), // Those two are counted at the end.
    visitors: 24,
    agents: 8,
    say: () => undefined,
  });
  expect(shortest(outcome.judge.violations).map(evidence)).toEqual([]);
  expect(outcome.tally.messages).toBeGreaterThan(100);
  for (const fault of SURE) expect(outcome.faults[fault], fault).toBeGreaterThan(0);
});
