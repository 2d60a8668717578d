// npm run fuzz: thousands of inputs that no client of ours would send, over HTTP and sockets. See CONTRIBUTING.md.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { DepartmentId } from '#shared/ids.ts';
import { build } from '../../scripts/build.ts';
import { task } from '../../scripts/run.ts';
import { ensureSecrets } from '../../scripts/secrets.ts';
import { seedPeople } from '../../scripts/seed.ts';
import { serve } from '../../scripts/serve.ts';
import { fuzz } from './fuzz.ts';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
  },
});

/** All inputs come from one address, and each is to be read. */
const CROWD = 100_000;

await task(async () => {
  await ensureSecrets();
  await build();
  const stateFolder = await mkdtemp(join(tmpdir(), 'parley-fuzz-'));
  const served = await serve({ port: 0, stateFolder, quiet: true, crowd: CROWD });
  try {
    await seedPeople(served.directory, ['sales', 'support'] as DepartmentId[]);
    const seed = Number(values.seed);
    console.log(`Seed ${seed}, ${values.inputs} inputs`);
    const say = (line: string) => console.log(line);
    const found = await fuzz(served.url, { inputs: Number(values.inputs), seed, say });
    const { requests, frames, answers, problems } = found;
    console.log(`${requests} requests, ${frames} frames`);
    for (const [answer, count] of [...answers].sort(([a], [b]) => a - b)) {
      console.log(`  ${answer}  ${count}`);
    }
    for (const problem of problems.slice(0, 20)) console.log(`✗ ${problem}`);
    if (problems.length > 0) throw new Error(`${problems.length} problems (seed ${seed}).`);
    console.log('No failure, no stack trace, no hang, no close code that is not documented.');
  } finally {
    await served.stop();
    await rm(stateFolder, { recursive: true, force: true });
  }
});
