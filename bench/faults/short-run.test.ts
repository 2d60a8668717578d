// The harness against the real product, for some seconds; `npm run faults` does it for as long as one likes.

import { beforeAll, expect, test } from 'vitest';
import { FAULT_NAMES } from './faults.ts';
import { evidence, shortest } from './report.ts';
import { run } from './run.ts';
import { buildServer } from './server/build.ts';

beforeAll(buildServer);

test('[FH4] [FH7] the product keeps every promise while it is cut, killed and confused', async () => {
  const { judge, tally, faults } = await run({
    seconds: 12,
    seed: 20_261_122,
    faults: new Set(FAULT_NAMES),
    visitors: 24,
    agents: 8,
    say: () => undefined,
  });
  expect(shortest(judge.violations).map(evidence)).toEqual([]);
  expect(tally.messages).toBeGreaterThan(100);
  expect(tally.missing).toEqual([]);
  for (const fault of FAULT_NAMES) expect(faults[fault], fault).toBeGreaterThan(0);
});
