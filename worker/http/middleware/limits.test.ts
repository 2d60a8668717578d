// What one client may ask for: each route and each upgrade has a limit, and says how long to wait.

import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import * as v from 'valibot';
import { beforeAll, expect, test } from 'vitest';
import { refusedBody } from '#shared/api.ts';
import { newVisitorId } from '#shared/ids.ts';
import wrangler from '../../../wrangler.toml?raw';
import { addAccount, cookiesOf, PASSWORD } from '../../testing/accounts.ts';
import { app } from '../app.ts';
import { visitorToken } from '../visitor-token.ts';
import { LIMITS } from './limits.ts';

const ORIGIN = 'https://parley.test';
const ALLOWED = 100;

beforeAll(() => Promise.all(['noor', 'mara'].map((name) => addAccount(name))));

/** All limits, or those that are named, are of so many a key. */
function limitedTo(limit: number, names = Object.keys(env)): Env {
  const limits = names
    .filter((name) => name.startsWith('LIMIT_'))
    .map((name) => {
      const counts = new Map<string, number>();
      const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1).get(key) ?? 0;
      const ask = async ({ key }: { key: string }) => ({ success: count(key) <= limit });
      return [name, { limit: ask }];
    });
  return { ...env, ...(Object.fromEntries(limits) as Partial<Env>) };
}

const ask = async (path: string, bindings: Env, { headers, ...init }: RequestInit = {}) =>
  app.fetch(
    new Request(`${ORIGIN}${path}`, {
      ...init,
      headers: { 'cf-connecting-ip': '203.0.113.7', ...Object.fromEntries(new Headers(headers)) },
    }),
    bindings,
    createExecutionContext(),
  );

const post = (path: string, bindings: Env, body: unknown, headers: HeadersInit = {}) =>
  ask(path, bindings, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...Object.fromEntries(new Headers(headers)) },
    body: JSON.stringify(body),
  });

const refusalIn = async (response: Response) => v.parse(refusedBody, await response.json()).refusal;

/** The answers' statuses, until one is 429. */
async function untilRefused(request: () => Promise<Response>): Promise<Response[]> {
  const answers: Response[] = [];
  do answers.push(await request());
  while (answers.at(-1)?.status !== 429 && answers.length < ALLOWED);
  return answers;
}

const routes = [...new Map(app.routes.map((route) => [`${route.method} ${route.path}`, route]))]
  .map(([, route]) => route)
  .filter(({ method, path }) => method !== 'ALL' && method !== 'OPTIONS' && !path.endsWith('/*'));
/** Says the same to everybody, from nothing. */
const isConstant = (path: string) => path === '/api/health';
const isUpgrade = (path: string) => path.startsWith('/ws/');
const addressed = (path: string) =>
  path
    .replace('/ws/departments/:id', '/ws/departments/sales')
    .replace(':id', newVisitorId())
    .replace(':agentId', 'noor')
    .replace(':pair', 'agent-mara:agent-noor');

test.each(routes.filter(({ path }) => !isUpgrade(path) && !isConstant(path)))(
  '[RL2] $method $path refuses who asks too much',
  async ({ method, path }) => {
    const nothing = limitedTo(0);
    const answers = await untilRefused(() => ask(addressed(path), nothing, { method }));
    const refused = answers.at(-1);
    expect(refused?.status).toBe(429);
    const { code, details } = await refusalIn(refused as Response);
    expect(code).toBe('rate.limited');
    expect(Number(refused?.headers.get('retry-after'))).toBe(
      (details as { seconds: number }).seconds,
    );
  },
);

test('[RL2] a page refuses who asks too much, in their language', async () => {
  const nothing = limitedTo(0);
  const headers = { 'accept-language': 'de-AT,de;q=0.9' };
  const answers = await untilRefused(() => ask('/sign-in', nothing, { headers }));
  expect(answers.at(-1)?.status).toBe(429);
  expect(await answers.at(-1)?.text()).toContain('Warten Sie 10 Sekunden');
});

const token = () => visitorToken(newVisitorId(), env, Date.now());

async function closing(path: string, bindings: Env, protocol: string) {
  const headers = { upgrade: 'websocket', 'sec-websocket-protocol': protocol };
  const { webSocket } = await ask(path, bindings, { headers });
  if (!webSocket) throw new Error('no socket');
  const closed = new Promise<CloseEvent>((resolve) => webSocket.addEventListener('close', resolve));
  webSocket.accept();
  const opened = new Promise<null>((resolve) => setTimeout(resolve, 0, null));
  const event = await Promise.race([closed, opened]);
  if (event === null) webSocket.close(1000);
  return event && { code: event.code, reason: event.reason };
}

test.each(routes.filter(({ path }) => isUpgrade(path)))(
  '[RL3] an upgrade of $path is closed with the seconds to wait',
  async ({ path }) => {
    const nothing = limitedTo(0);
    for (const protocol of ['parley', `parley, token.${await token()}`]) {
      let last = null;
      for (let time = 0; time < 10 && last?.code !== 4429; time++) {
        last = await closing(addressed(path), nothing, protocol);
      }
      expect(last).toEqual({ code: 4429, reason: 'busy 10' });
    }
  },
);

test('[RL1] a cookie that is not ours gives a stranger no more than others have', async () => {
  const bindings = limitedTo(0, ['LIMIT_READ', 'LIMIT_PAGE', 'LIMIT_VISITOR_SOCKET']);
  const cookie = 'parley.session_token=forged.forged';
  for (const path of ['/api/me', '/inbox']) {
    const answers = await untilRefused(() => ask(path, bindings, { headers: { cookie } }));
    expect(answers.at(-1)?.status).toBe(429);
  }
});

test('[RL3] a flood of upgrades is not even given sockets', async () => {
  const bindings = limitedTo(0, ['LIMIT_VISITOR_SOCKET']);
  const headers = { upgrade: 'websocket', 'sec-websocket-protocol': 'parley' };
  const answers = await untilRefused(() => ask('/ws/agents/me', bindings, { headers }));
  for (const { webSocket } of answers) webSocket?.accept();
  expect(answers.at(-1)?.headers.get('retry-after')).toBe('10');
  expect(answers.length).toBeGreaterThan(10);
  expect(answers.length).toBeLessThan(30);
});

test('[RL3] one visitor opens no more sockets than a person, from whatever address', async () => {
  const bindings = limitedTo(0, ['LIMIT_SOCKET_OF_VISITOR']);
  const mine = `parley, token.${await token()}`;
  const path = `/ws/conversations/${newVisitorId()}`;
  const found = [];
  for (let time = 0; time < 6; time++) found.push(await closing(path, bindings, mine));
  expect(found.at(-1)?.code).toBe(4429);
  expect((await closing(path, bindings, `parley, token.${await token()}`))?.code).not.toBe(4429);
});

test('[RL1] the platform counts, each address for itself', async () => {
  const bindings = { ...env, LIMIT_NEW_VISITOR: env.LIMIT_TEST };
  const come = (address: string) =>
    ask('/api/visitors', bindings, { method: 'POST', headers: { 'cf-connecting-ip': address } });
  const answers = await untilRefused(() => come('198.51.100.1'));
  expect(answers.at(-1)?.status).toBe(429);
  // The minute may have turned.
  expect(answers.length).toBeLessThanOrEqual(7);
  expect((await come('198.51.100.2')).status).toBe(201);
});

test('[RL1] there is a limit for everybody together', async () => {
  const bindings = limitedTo(3, ['LIMIT_NEW_VISITOR_ALL']);
  let host = 0;
  const answers = await untilRefused(() =>
    ask('/api/visitors', bindings, {
      method: 'POST',
      headers: { 'cf-connecting-ip': `198.51.100.${host++}` },
    }),
  );
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 429]);
});

test('[RL2] another site that may ask can read the refusal', async () => {
  const bindings = { ...limitedTo(0), settings: env.settings };
  const answer = await ask('/api/visitors', bindings, {
    method: 'POST',
    headers: { origin: ORIGIN },
  });
  expect(answer.status).toBe(429);
  expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
});

test('[RL2] nothing of a refused request is read', async () => {
  const answer = await ask('/api/session', limitedTo(0), { method: 'POST', body: '{' });
  expect(answer.status).toBe(429);
});

const signIn = (bindings: Env, password: string, cookie = '') =>
  post('/api/session', bindings, { email: 'noor@parley.test', password }, { cookie });

test('[RL4] who has signed in on a device can do so while strangers try passwords', async () => {
  const device = cookiesOf(await signIn(limitedTo(10), PASSWORD));
  const flooded = limitedTo(3, ['LIMIT_SIGN_IN', 'LIMIT_SIGN_IN_ALL']);
  const strangers = await untilRefused(() =>
    post('/api/session', flooded, { email: `${crypto.randomUUID()}@parley.test`, password: 'x' }),
  );
  expect(strangers.at(-1)?.status).toBe(429);
  expect((await signIn(flooded, PASSWORD)).status).toBe(429);
  const forged = device.replace(/(parley\.device=).{4}/, '$1xxxx');
  expect((await signIn(flooded, PASSWORD, forged)).status).toBe(429);
  expect((await signIn(flooded, PASSWORD, device)).status).toBe(204);
});

test('[RL4] strangers who lock an account lock no device that knows it', async () => {
  const device = cookiesOf(await signIn(limitedTo(10), PASSWORD));
  const other = cookiesOf(
    await post('/api/session', limitedTo(10), { email: 'mara@parley.test', password: PASSWORD }),
  );
  for (let tries = 0; tries < 6; tries++) await signIn(limitedTo(10), 'wrong');
  expect((await refusalIn(await signIn(limitedTo(10), PASSWORD))).code).toBe('session.locked');
  expect((await refusalIn(await signIn(limitedTo(10), PASSWORD, other))).code).toBe(
    'session.locked',
  );
  expect((await signIn(limitedTo(10), PASSWORD, device)).status).toBe(204);
  for (let tries = 0; tries < 6; tries++) await signIn(limitedTo(10), 'wrong', device);
  const locked = await refusalIn(await signIn(limitedTo(10), PASSWORD, device));
  expect(locked.code).toBe('session.locked');
});

test('[RL4] a known device may not try without end either', async () => {
  const device = cookiesOf(await signIn(limitedTo(10), PASSWORD));
  const bindings = limitedTo(2);
  const answers = await untilRefused(() => signIn(bindings, 'wrong', device));
  expect(answers.at(-1)?.status).toBe(429);
});

test('[RL5] the seconds that are told are those of wrangler.toml', () => {
  for (const limit of Object.values(LIMITS)) {
    const { seconds, spared: _, ...bindings } = limit;
    for (const name of Object.values(bindings)) {
      const [, section = ''] = wrangler.split(`name = "${name}"`);
      expect(section.split('[[')[0]).toContain(`period = ${seconds} }`);
    }
  }
});
