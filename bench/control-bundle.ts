// Parley's Worker with handles for the benchmark, bundled as the deployed one is.

import { run } from '../scripts/run.ts';
import { CONTROL_BUNDLE } from './team.ts';

export async function bundleControl(): Promise<void> {
  await run(`wrangler deploy bench/worker/index.ts --dry-run --outdir ${CONTROL_BUNDLE}`);
}
