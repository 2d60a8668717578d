// Serves what is stored once, so that it is migrated and not empty.
import { join } from 'node:path';
import { unlessFresh } from './fingerprint.ts';
import { stateFolder, storedIn } from './paths.ts';
import { seedIfEmpty } from './seed.ts';
import { serve } from './serve.ts';

/** All people of the demo sign in and write within a moment. */
const DEMO_CROWD = 10;

/** Does so once, and again for new migrations and for a new database. */
export function prepareState(assets: string): Promise<void> {
  return unlessFresh(
    {
      name: 'state',
      inputs: ['migrations{,-search}/*.sql', 'wrangler.toml'],
      output: storedIn(stateFolder),
      memory: join(storedIn(stateFolder), 'prepared-for'),
    },
    async () => {
      const served = await serve({ port: 0, stateFolder, quiet: true, assets, crowd: DEMO_CROWD });
      try {
        await seedIfEmpty(served);
      } finally {
        await served.stop();
      }
    },
  );
}
