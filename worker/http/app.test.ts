// The app as a whole: what every answer has in common.

import { createExecutionContext } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { expect, test, vi } from 'vitest';
import { newConversationId } from '#shared/ids.ts';
import { Wire } from '../../scripts/client/wire.ts';
import { app } from './app.ts';

const ORIGIN = 'https://parley.test';
const ask = (path: string, init?: RequestInit) =>
  exports.default.fetch(new Request(`${ORIGIN}${path}`, init));

const FOREIGN = { origin: 'https://elsewhere.example' };

test('[AP1] an unknown address under /api is a refusal, any other a page', async () => {
  const response = await ask('/api/nothing');
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ refusal: { code: 'route.unknown' } });
  expect(await (await ask('/somewhere')).text()).toBe('web');
});

test('[WP5] a file that is not there is said so, to a person', async () => {
  const response = await ask('/no-such-file', { headers: { 'accept-language': 'de' } });
  expect(response.status).toBe(404);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.text()).toBe('Unter dieser Adresse gibt es nichts.');
});

test('[AP2] a widget on a site that is not allowed is refused, one on Parley’s own is not', async () => {
  const foreign = await ask('/api/visitors', { method: 'POST', headers: FOREIGN });
  expect(foreign.status).toBe(403);
  expect(await foreign.json()).toMatchObject({
    refusal: { code: 'origin.refused', details: { origin: FOREIGN.origin } },
  });
  // The site's owner reads the reason in their console, not what the browser says of a missing header.
  expect(foreign.headers.get('access-control-allow-origin')).toBe(FOREIGN.origin);
  const own = await ask('/api/visitors', { method: 'POST', headers: { origin: ORIGIN } });
  expect(own.status).toBe(201);
});

test('[AP2] an origin that no site has is not repeated in a header', async () => {
  const origin = `https://${'x'.repeat(20_000)}.example`;
  const answer = await ask('/api/visitors', { method: 'POST', headers: { origin } });
  expect(answer.status).toBe(403);
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  expect((await answer.text()).length).toBeLessThan(2_000);
});

test('[AP2] a site of allowed_origins gets a visitor, their token and their socket', async () => {
  const settings = { ...(env.settings as object), widget: { allowed_origins: [FOREIGN.origin] } };
  const at = (path: string, init: RequestInit) =>
    app.fetch(
      new Request(`${ORIGIN}${path}`, init),
      { ...env, settings },
      createExecutionContext(),
    );

  const preflight = await at('/api/conversations/x/events', {
    method: 'OPTIONS',
    headers: { ...FOREIGN, 'access-control-request-headers': 'authorization' },
  });
  expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
  const response = await at('/api/visitors', { method: 'POST', headers: FOREIGN });
  expect(response.headers.get('access-control-allow-origin')).toBe(FOREIGN.origin);
  const { token } = await response.json<{ token: string }>();

  const { webSocket } = await at(`/ws/conversations/${newConversationId()}`, {
    headers: {
      ...FOREIGN,
      upgrade: 'websocket',
      'sec-websocket-protocol': `parley, token.${token}`,
    },
  });
  if (!webSocket) throw new Error('no upgrade');
  const wire = new Wire(webSocket);
  webSocket.accept();
  expect((await wire.hello()).type).toBe('welcome');
});

test('[AP3] another site can’t use an agent’s session', async () => {
  const response = await ask('/api/session', { method: 'DELETE', headers: FOREIGN });
  expect(response.status).toBe(403);
});

test('[AP3] a socket from another site is closed with its own code', async () => {
  const { webSocket } = await ask('/ws/agents/me', {
    headers: { ...FOREIGN, upgrade: 'websocket' },
  });
  const closed = new Promise((resolve) => {
    webSocket?.addEventListener('close', ({ code }) => resolve(code));
  });
  webSocket?.accept();
  expect(await closed).toBe(4406);
});

test.each(['/somewhere', '/api/nothing', '/files/avatars/nobody', '/ws/agents/me'])(
  '[AP4] %s can’t be framed and isn’t sniffed',
  async (path) => {
    const { headers } = await ask(path);
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  },
);

test('[WP5] only a request that reads becomes a socket', async () => {
  for (const method of ['HEAD', 'POST', 'DELETE']) {
    const init = { method, headers: { upgrade: 'websocket' } };
    const request = new Request(`${ORIGIN}/ws/agents/me`, init);
    const answer = await app.fetch(request, env, createExecutionContext());
    expect(answer.status).toBe(404);
  }
});

test('[AP5] a department that does not exist is named in the refusal', async () => {
  const response = await ask('/api/widget?department=warehouse');
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('There is no department “warehouse”');
});

test.each(['/constructor', '/__proto__', '/toString', '/%00', '/a//b'])(
  '[WP5] %s is a page like any other',
  async (path) => {
    expect((await ask(path)).status).toBe(200);
  },
);

test('[WP5] a request that reads may have a body, which nobody reads', async () => {
  for (const method of ['GET', 'HEAD']) {
    const request = new Request(`${ORIGIN}/somewhere`, { method });
    Object.defineProperty(request, 'body', { value: new Response('x').body });
    const response = await app.fetch(request, env, createExecutionContext());
    expect(response.status).toBe(200);
  }
});

test('[WP5] a body that breaks off is malformed', async () => {
  const body = new ReadableStream({
    pull: (controller) => controller.error(new Error('the line is gone')),
  });
  const headers = { 'content-type': 'application/json', origin: ORIGIN };
  const request = new Request(`${ORIGIN}/api/session`, { method: 'POST', headers, body });
  const response = await app.fetch(request, env, createExecutionContext());
  expect(await response.json()).toMatchObject({ refusal: { code: 'body.malformed' } });
});

test('[AP7] what the API answers is kept by no cache', async () => {
  for (const path of ['/api/widget?department=sales', '/api/me', '/api/nothing']) {
    expect((await ask(path)).headers.get('cache-control')).toBe('no-store');
  }
});

test('[AP9] over plain http, reading leads to https and anything else is refused', async () => {
  const plain = (path: string, init?: RequestInit) =>
    exports.default.fetch(
      new Request(`http://chat.example${path}`, { redirect: 'manual', ...init }),
    );
  for (const method of ['GET', 'HEAD']) {
    const response = await plain('/inbox?a=b', { method });
    expect(response.status).toBe(308);
    expect(response.headers.get('location')).toBe('https://chat.example/inbox?a=b');
  }
  for (const path of ['/api/session', '/api/visitors', '/api/nothing', '/']) {
    const response = await plain(path, { method: 'POST', headers: { origin: ORIGIN } });
    expect(response.status).toBe(403);
    expect(response.headers.getSetCookie()).toEqual([]);
    if (path === '/') continue; // A page for a person.
    expect(await response.json()).toMatchObject({ refusal: { code: 'transport.insecure' } });
  }
  const upgrade = await plain('/ws/agents/me', { headers: { upgrade: 'websocket' } });
  expect(upgrade.status).toBe(308);
});

test.each(['localhost', '127.0.0.1:8787', '[::1]', 'shop.localhost'])(
  '[AP9] %s is this machine, which needs no encryption',
  async (host) => {
    expect((await exports.default.fetch(new Request(`http://${host}/api/health`))).status).toBe(
      200,
    );
  },
);

test('[ST10] without its secrets a deployment answers nothing', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const request = new Request(`${ORIGIN}/api/visitors`, { method: 'POST' });
  const response = await app.fetch(
    request,
    { ...env, VISITOR_SECRET: 'guessable' },
    createExecutionContext(),
  );
  expect(response.status).toBe(500);
  expect(JSON.stringify(await response.json())).not.toContain('SECRET');
  expect(log.mock.calls.join()).toContain('The secret VISITOR_SECRET has only 9 characters');
  log.mockRestore();
});
