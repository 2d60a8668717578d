// Actors that remember nothing, and databases that are just migrated.

import { applyD1Migrations, reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';

export async function resetAll(): Promise<void> {
  await reset();
  await applyD1Migrations(env.DIRECTORY, env.TEST_MIGRATIONS);
  await applyD1Migrations(env.SEARCH, env.TEST_SEARCH_MIGRATIONS);
}
