// What Cloudflare is asked about a check, and what is believed of its answer.

import { expect, test, vi } from 'vitest';
import { SECRET_KEY } from '../../tests/support/turnstile.ts';
import { useTurnstile } from '../testing/turnstile.ts';
import { TURNSTILE_ACTION, verifyTurnstile } from './turnstile.ts';

const HOST = 'parley.test';

const turnstile = useTurnstile();

const verdictOn = (token: string, secret = SECRET_KEY) =>
  verifyTurnstile({ token, hostname: HOST, address: '203.0.113.7' }, secret);

test('[HC5] a check that Turnstile has passed counts, once', async () => {
  const token = turnstile().issue(HOST, TURNSTILE_ACTION);
  expect(await verdictOn(token)).toBe('passed');
  expect(await verdictOn(token)).toBe('expired');
  expect(turnstile().requests[0]).toMatchObject({ response: token, remoteip: '203.0.113.7' });
});

test('[HC5] nothing is said of an address that nobody knows', async () => {
  const token = turnstile().issue(HOST);
  await verifyTurnstile({ token, hostname: HOST, address: null }, SECRET_KEY);
  expect(turnstile().requests[0]).not.toHaveProperty('remoteip');
});

test('[HC5] a check of more than five minutes ago has expired', async () => {
  const token = turnstile().issue(HOST);
  turnstile().now = () => Date.now() + 301_000;
  expect(await verdictOn(token)).toBe('expired');
});

test('[HC5] what Turnstile never gave, gave to another host, or for something else has failed', async () => {
  expect(await verdictOn('made-up')).toBe('failed');
  expect(await verdictOn('')).toBe('failed');
  expect(await verdictOn(turnstile().issue('shop.example'))).toBe('failed');
  expect(await verdictOn(turnstile().issue(HOST, 'login'))).toBe('failed');
});

test('[HC6] Cloudflare is asked once more when it failed, about the same check', async () => {
  for (const trouble of ['internal-error', 'unreachable', 'not JSON'] as const) {
    const token = turnstile().issue(HOST);
    turnstile().troubles.push(trouble);
    expect(await verdictOn(token)).toBe('passed');
  }
  const keys = turnstile().requests.map((fields) => fields['idempotency_key']);
  // The first trouble was an answer, so that question is among them.
  expect(keys[0]).toBe(keys[1]);
});

test('[HC6] when Cloudflare can’t say, nobody knows, and a minute’s line says how often', async () => {
  turnstile().isDown = true;
  expect(await verdictOn(turnstile().issue(HOST))).toBe('unknown');
  turnstile().isDown = false;
  turnstile().troubles.push('internal-error', 'internal-error');
  expect(await verdictOn(turnstile().issue(HOST))).toBe('unknown');
  expect(vi.mocked(console.warn).mock.calls).toEqual([
    ['let in unchecked: {"no answer from Cloudflare":1}'],
  ]);
});

test('[HC6] a wrong secret key is not the visitor’s fault', async () => {
  expect(await verdictOn(turnstile().issue(HOST), 'wrong')).toBe('unknown');
});

test('[HC5] keys for trying it out answer for another host', async () => {
  const answer = {
    ...{ success: true, 'error-codes': [], hostname: 'example.com' },
    metadata: { result_with_testing_key: true },
  };
  vi.mocked(fetch).mockResolvedValue(Response.json(answer));
  expect(await verdictOn('XXXX.DUMMY.TOKEN.XXXX')).toBe('passed');
});
