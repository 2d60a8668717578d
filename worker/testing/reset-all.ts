// Actors that remember nothing, and databases that are just migrated.

import {
  applyD1Migrations,
  listDurableObjectIds,
  reset,
  runInDurableObject,
} from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { clearSignIns } from '../actors/login-guard.ts';

export async function resetAll(): Promise<void> {
  await migrateAll();
  await wakeNamed();
  await reset();
  await migrateAll();
}

async function migrateAll(): Promise<void> {
  await applyD1Migrations(env.DIRECTORY, env.TEST_MIGRATIONS);
  await applyD1Migrations(env.SEARCH, env.TEST_SEARCH_MIGRATIONS);
}

/**
 * A reset passes over what sleeps, because nobody has asked it for ten seconds. So it is asked, where the next file may
 * give something the same name.
 */
async function wakeNamed(): Promise<void> {
  const accounts = await env.DIRECTORY.prepare('SELECT id, email FROM "user"').all<{
    id: string;
    email: string;
  }>();
  await Promise.all([
    ...accounts.results.map(({ id }) => wake(env.AGENT.getByName(id))),
    ...accounts.results.flatMap(({ email }) =>
      [email, `code of ${email}`].map((counted) =>
        clearSignIns(env.LOGIN_GUARD, { email: counted, address: '', device: null }),
      ),
    ),
    wakeEach(env.DEPARTMENT),
    wakeEach(env.DIRECT_CHAT),
  ]);
}

async function wakeEach(actors: DurableObjectNamespace): Promise<void> {
  const ids = await listDurableObjectIds(actors);
  await Promise.all(ids.map((id) => wake(actors.get(id))));
}

const wake = (actor: DurableObjectStub): Promise<void> =>
  runInDurableObject(actor, () => undefined);
