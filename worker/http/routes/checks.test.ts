// How a visitor shows that they are human, through the whole Worker, with a stand-in for Cloudflare.

import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, test, vi } from 'vitest';
import * as v from 'valibot';
import { refusedBody, visitorBody } from '#shared/api.ts';
import { newOfflineMessageId, newVisitorId } from '#shared/ids.ts';
import { SECRET_KEY, SITE_KEY } from '../../../tests/support/turnstile.ts';
import { useTurnstile } from '../../testing/turnstile.ts';
import { app } from '../app.ts';
import { visitorOf, visitorToken } from '../visitor-token.ts';

const ORIGIN = 'https://parley.test';
const HOST = 'parley.test';
const SITES = ['https://shop.example', 'https://garden.example'];

const turnstile = useTurnstile();

const asking = (mode: 'off' | 'when-busy' | 'always'): Env => ({
  ...env,
  settings: {
    ...(env.settings as object),
    turnstile: { mode, site_key: SITE_KEY },
    widget: { allowed_origins: SITES },
  },
  TURNSTILE_SECRET_KEY: SECRET_KEY,
});

const request = async (path: string, bindings: Env, init: RequestInit = {}) =>
  app.fetch(new Request(`${ORIGIN}${path}`, init), bindings, createExecutionContext());

const post = (path: string, bindings: Env, body: unknown, token?: string) =>
  request(path, bindings, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });

const show = (answer: string, token?: string, bindings = asking('always')) =>
  post('/api/checks', bindings, { turnstile: answer }, token);

const codeIn = async (response: Response) =>
  v.parse(refusedBody, await response.json()).refusal.code;

/** Who the answer says that the visitor is. */
async function shownIn(response: Response) {
  const { visitorId, token } = v.parse(visitorBody, await response.json());
  const by = await visitorOf(token, env);
  expect(by?.visitorId).toBe(visitorId);
  return { visitorId, token, forMs: (by?.checkedUntil ?? 0) - Date.now() };
}

const aToken = () => visitorToken(newVisitorId(), env, Date.now());

const leave = (bindings: Env, token: string) =>
  post(
    '/api/offline-messages',
    bindings,
    {
      ...{ id: newOfflineMessageId(), departmentId: 'form', name: 'Ivy' },
      ...{ email: 'ivy@shop.example', text: 'Do you have ferns?' },
    },
    token,
  );

const DAY_MS = 24 * 3_600_000;

test('[HC1] where nothing is asked, the routes of the check are not there', async () => {
  const off = asking('off');
  expect(await codeIn(await request('/api/check', off))).toBe('route.unknown');
  expect(await codeIn(await show(turnstile().issue(HOST), undefined, off))).toBe('route.unknown');
  expect((await request('/api/visitors', off, { method: 'POST' })).status).toBe(201);
});

test('[HC2] with always a visitor gets a token for a passed check alone', async () => {
  const refused = await request('/api/visitors', asking('always'), { method: 'POST' });
  expect([refused.status, await codeIn(refused)]).toEqual([428, 'visitor.unchecked']);
  expect((await show(turnstile().issue(HOST))).status).toBe(201);
  const free = await request('/api/visitors', asking('when-busy'), { method: 'POST' });
  expect(free.status).toBe(201);
});

test('[HC4] a check is the visitor’s who asks, or a new one’s, and counts for a day', async () => {
  const known = newVisitorId();
  const token = await visitorToken(known, env, Date.now());
  const first = await shownIn(await show(turnstile().issue(HOST), token));
  expect(first.visitorId).toBe(known);
  expect(first.forMs).toBeGreaterThan(DAY_MS - 60_000);
  expect(first.forMs).toBeLessThanOrEqual(DAY_MS);
  expect((await shownIn(await show(turnstile().issue(HOST)))).visitorId).not.toBe(known);
  expect(await codeIn(await show(turnstile().issue(HOST), 'forged'))).toBe('visitor.missing');
});

test('[HC5] a check that failed, was used before, or is no text of Turnstile’s is refused', async () => {
  const used = turnstile().issue(HOST);
  await show(used);
  expect(await codeIn(await show(used))).toBe('check.expired');
  expect(await codeIn(await show('made-up'))).toBe('check.failed');
  expect(await codeIn(await show(''))).toBe('check.failed');
  expect(await codeIn(await show('x'.repeat(2_049)))).toBe('body.malformed');
  expect(await codeIn(await post('/api/checks', asking('always'), {}))).toBe('body.malformed');
});

test('[HC6] when Cloudflare can’t be asked the visitor is let in for ten minutes', async () => {
  turnstile().isDown = true;
  for (const answer of [turnstile().issue(HOST), '']) {
    const { forMs } = await shownIn(await show(answer));
    expect(forMs).toBeGreaterThan(9 * 60_000);
    expect(forMs).toBeLessThanOrEqual(10 * 60_000);
  }
});

test('[HC2] with always an offline message needs a passed check', async () => {
  const token = await aToken();
  expect(await codeIn(await leave(asking('always'), token))).toBe('visitor.unchecked');
  expect((await leave(asking('off'), token)).status).toBe(204);
  const passed = await shownIn(await show(turnstile().issue(HOST), token));
  expect((await leave(asking('always'), passed.token)).status).toBe(204);
});

test('[HC4] a new token in the place of an old one keeps the check, and no longer than it counts', async () => {
  const passed = await shownIn(await show(turnstile().issue(HOST)));
  const answer = await post('/api/visitors/renewal', asking('always'), {}, passed.token);
  const renewed = await shownIn(answer);
  expect(renewed.visitorId).toBe(passed.visitorId);
  expect(renewed.forMs).toBeGreaterThan(DAY_MS - 60_000);
  expect(renewed.forMs).toBeLessThanOrEqual(passed.forMs);
});

test('[HC4] a check of yesterday no longer counts', async () => {
  const yesterday = Date.now() - 1;
  const token = await visitorToken(newVisitorId(), env, Date.now(), yesterday);
  expect(await codeIn(await leave(asking('always'), token))).toBe('visitor.unchecked');
});

test('[HC3] with when-busy an offline message needs one when some were just refused', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
  try {
    const bindings = asking('when-busy');
    const token = await aToken();
    expect((await leave(bindings, token)).status).toBe(204);
    const never = { limit: async () => ({ success: false }) };
    const flooded = await leave({ ...bindings, LIMIT_OFFLINE_MESSAGE_OF_VISITOR: never }, token);
    expect(flooded.status).toBe(429);
    expect(await codeIn(await leave(bindings, token))).toBe('visitor.unchecked');
    vi.setSystemTime(Date.now() + 60_000);
    expect((await leave(bindings, await aToken())).status).toBe(204);
  } finally {
    vi.useRealTimers();
  }
});

test('[HC7] without its secret key a deployment that asks answers nothing', async () => {
  const log = vi.spyOn(console, 'error').mockReturnValue();
  const bindings = asking('always');
  const without = { ...bindings, TURNSTILE_SECRET_KEY: '' };
  expect((await request('/api/me', without)).status).toBe(500);
  const [entry] = log.mock.calls;
  expect(String(entry?.at(-1))).toContain('The secret TURNSTILE_SECRET_KEY is missing');
});

test('[HC10] the page of the check is shown by Parley and the sites that may have the widget', async () => {
  const page = await request('/api/check?language=de', asking('always'));
  expect(page.headers.get('x-frame-options')).toBeNull();
  const policy = page.headers.get('content-security-policy')?.split('; ');
  expect(policy).toContain(`frame-ancestors 'self' ${SITES.join(' ')}`);
  const html = await page.text();
  expect(html).toContain(`data-site-key="${SITE_KEY}"`);
  expect(html).toContain('<html lang="de">');
  const other = await request('/api/health', asking('always'));
  expect(other.headers.get('x-frame-options')).toBe('DENY');
});
