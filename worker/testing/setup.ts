// Each test file starts with empty actors and a freshly migrated directory.
import { applyD1Migrations, reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll } from 'vitest';

beforeAll(async () => {
  await reset();
  await applyD1Migrations(env.DIRECTORY, env.TEST_MIGRATIONS);
});
