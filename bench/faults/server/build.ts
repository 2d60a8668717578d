// Bundles the harness's Worker, the way wrangler bundles the product's.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from '../../../scripts/build.ts';
import { unlessFresh } from '../../../scripts/fingerprint.ts';
import { fromRoot } from '../../../scripts/paths.ts';
import { run } from '../../../scripts/run.ts';

export const serverBundle = {
  folder: fromRoot('.parley/faults/bundle'),
  entry: 'worker.js',
  compatibilityFlags: ['unsafe_module'],
};

export async function buildServer(): Promise<void> {
  await build();
  await unlessFresh(
    {
      name: 'faults',
      inputs: ['bench/faults/server/**', 'wrangler.toml', '.parley/fingerprints/worker'],
      output: join(serverBundle.folder, serverBundle.entry),
    },
    async () => {
      await rm(serverBundle.folder, { recursive: true, force: true });
      await run(
        `wrangler deploy bench/faults/server/worker.ts --dry-run --outdir ${serverBundle.folder}`,
      );
    },
  );
}
