import { evictAllDurableObjects } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { addAccount } from './accounts.ts';
import { eventually } from './eventually.ts';
import { aQueuedConversation, positionIn, SALES } from './people.ts';
import { resetAll } from './reset-all.ts';

test('what sleeps is forgotten like what is awake', async () => {
  await addAccount('noor');
  const { id } = await aQueuedConversation();
  await eventually(async () => expect(await positionIn(SALES, id)).not.toBeNull());
  await evictAllDurableObjects();
  await resetAll();
  expect(await env.DIRECTORY.prepare('SELECT count(*) AS n FROM "user"').first('n')).toBe(0);
  expect(await positionIn(SALES, id)).toBeNull();
});
