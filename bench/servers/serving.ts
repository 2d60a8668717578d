// The server's side of a contender's process: tells where it listens, and stops when it is let go of.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Starts what `start` starts, on a memory that is forgotten afterwards. */
export async function serving(
  start: (folder: string) => Promise<{ url: string; stop: () => Promise<void> }>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  const { url, stop } = await start(folder);
  process.once('disconnect', () => {
    void stop()
      .then(() => rm(folder, { recursive: true, force: true }))
      .finally(() => process.exit(0));
  });
  process.send?.({ url });
}
