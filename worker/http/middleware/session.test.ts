// Who is let in at an upgrade, which better-auth is not asked about.

import { env, exports } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import { CLOSE_CODES, SUBPROTOCOL } from '#shared/frames.ts';
import { addAccount, signedIn } from '../../testing/accounts.ts';
import { Wire } from '../../../scripts/client/wire.ts';

const ORIGIN = 'https://parley.test';

beforeAll(() => addAccount('noor'));

/** What an agent's socket hears first: `welcome`, or the code that it is closed with. */
async function knock(cookie: string): Promise<string | number> {
  const { webSocket } = await exports.default.fetch(
    new Request(`${ORIGIN}/ws/agents/me`, {
      headers: { cookie, upgrade: 'websocket', 'sec-websocket-protocol': SUBPROTOCOL },
    }),
  );
  if (!webSocket) throw new Error('no socket');
  const wire = new Wire(webSocket);
  webSocket.accept();
  return Promise.race([wire.hello().then(({ type }) => type), wire.closed]);
}

const expire = (at: Date) =>
  env.DIRECTORY.prepare('UPDATE session SET "expiresAt" = ?').bind(at.toISOString()).run();

test('[AC11] an upgrade with a session is let in, and with a forged one turned away', async () => {
  const cookie = await signedIn('noor');
  expect(await knock(cookie)).toBe('welcome');
  const token = cookie.replace(/session_token=.{4}/, 'session_token=AAAA');
  const signature = cookie.replace(/(session_token=[^.]+\.).{4}/, '$1AAAA');
  const unsigned = cookie.replace(/(session_token=[^.]+)[^;]*/, '$1');
  for (const forged of ['', 'parley.session_token=x', token, signature, unsigned]) {
    expect(await knock(forged)).toBe(CLOSE_CODES.unauthenticated);
  }
});

test('[AC11] an upgrade with a session that is over is turned away', async () => {
  const cookie = await signedIn('noor');
  const session = await env.DIRECTORY.prepare('SELECT "expiresAt" AS at FROM session').first();
  expect(session?.['at']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/); // Compared as text.
  await expire(new Date(Date.now() + 60_000));
  expect(await knock(cookie)).toBe('welcome');
  await expire(new Date(Date.now() - 1_000));
  expect(await knock(cookie)).toBe(CLOSE_CODES.unauthenticated);
});

test('[AC9] an upgrade with a copy of the cookies of an ended session is turned away', async () => {
  const cookie = await signedIn('noor');
  await env.DIRECTORY.prepare('DELETE FROM session').run();
  expect(await knock(cookie)).toBe(CLOSE_CODES.unauthenticated);
});
