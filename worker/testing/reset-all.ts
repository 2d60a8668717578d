// Actors that remember nothing, and a directory that is just migrated.

import { applyD1Migrations, reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';

export async function resetAll(): Promise<void> {
  await reset();
  await applyD1Migrations(env.DIRECTORY, env.TEST_MIGRATIONS);
}
