// Who may use which route and socket, walked cell by cell for everybody who could try.

import { env, exports } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import { app } from '../app.ts';
import { addAccount, signedIn } from '../../testing/accounts.ts';
import { eventually } from '../../testing/eventually.ts';
import { AGENTS, ROLES, ROUTES, SOCKETS, type Role } from '../../testing/routes-by-role.ts';
import { aQueuedConversation } from '../../testing/people.ts';
import { visitorToken } from '../visitor-token.ts';
import page from '../../../docs/http.md?raw';
import { Wire } from '../../../scripts/client/wire.ts';

const ORIGIN = 'https://parley.test';

const cookies = new Map<Role, string>();

beforeAll(async () => {
  await addAccount('outsider', { departments: ['support'] });
  await addAccount('agent', { departments: ['sales'] });
  await addAccount('monitor', { role: 'monitor', departments: [] });
  await addAccount('manager', { role: 'manager', departments: ['sales'] });
  await addAccount('admin', { role: 'admin', departments: [] });
  for (const role of AGENTS) cookies.set(role, await signedIn(role));
});

/** Cookies of an agent, or the token of a visitor. */
async function credentialsOf(role: Role, visitorId?: string): Promise<Record<string, string>> {
  if (role === 'nobody') return {};
  const cookie = cookies.get(role);
  if (cookie) return { cookie };
  const other = (await aQueuedConversation()).visitor.visitorId;
  const id = role === 'the visitor' && visitorId ? visitorId : other;
  const token = await visitorToken(id as typeof other, env, Date.now());
  return { authorization: `Bearer ${token}` };
}

async function socket(role: Role, path: string, visitorId?: string): Promise<Wire> {
  const { authorization, ...headers } = await credentialsOf(role, visitorId);
  const protocol = authorization ? `parley, token.${authorization.slice(7)}` : 'parley';
  const { webSocket } = await exports.default.fetch(
    new Request(`${ORIGIN}${path}`, {
      headers: { ...headers, upgrade: 'websocket', 'sec-websocket-protocol': protocol },
    }),
  );
  if (!webSocket) throw new Error('no upgrade');
  const wire = new Wire(webSocket);
  webSocket.accept();
  return wire;
}

/** `welcome`, or the code that the socket was closed with. */
async function greetingOf(wire: Wire): Promise<string | number> {
  return Promise.race([wire.hello().then(({ type }) => type), wire.closed]);
}

const pathOf = (route: string, id: string, visitorId = '') =>
  (route.split(' ')[1] ?? '')
    .replace('/api/contacts/:id', `/api/contacts/${visitorId}`)
    .replace('/ws/departments/:id', '/ws/departments/sales')
    .replace(':id', id)
    .replace(':agentId', 'nobody-has-this')
    .replace(':colleague', 'manager')
    .replace(':pair', 'agent-agent:agent-manager')
    .replace(':token', 'nobody-has-this')
    .replace(':name', 'Late')
    .replace(/events$/, 'events?before=3');

test('[AZ2] no route is missing from the tables', () => {
  const routes = app.routes
    .filter(({ method, path }) => method !== 'ALL' && method !== 'OPTIONS' && !path.endsWith('/*'))
    .map(({ method, path }) => `${method} ${path}`);
  expect([...new Set(routes)].sort()).toEqual(
    [...Object.keys(ROUTES), ...Object.keys(SOCKETS)].sort(),
  );
});

test.each(Object.keys(ROUTES))('[WP8] the page on HTTP has %s', (route) => {
  expect(page).toContain(`\`${route}`);
});

test.each(Object.entries(SOCKETS))('[AZ2] %s for each', async (route, expected) => {
  const outcome: Record<string, unknown> = {};
  for (const role of ROLES) {
    const { id, visitor } = await aQueuedConversation();
    outcome[role] = await greetingOf(await socket(role, pathOf(route, id), visitor.visitorId));
  }
  expect(outcome).toEqual(expected);
});

function attempt(
  route: string,
  id: string,
  headers: Record<string, string>,
  body?: () => BodyInit,
  visitorId?: string,
): Promise<Response> {
  return exports.default.fetch(
    new Request(`${ORIGIN}${pathOf(route, id, visitorId)}`, {
      method: route.split(' ')[0] ?? '',
      headers: { ...headers, 'content-type': 'application/json' },
      body: body?.() ?? null,
    }),
  );
}

/** Routes of contacts go by the index, which has a conversation after a moment. */
const isIndexed = (id: string) =>
  eventually(async () => {
    const row = env.DIRECTORY.prepare(
      'SELECT 1 FROM conversation JOIN contact ON contact.id = contact_id WHERE conversation.id = ?',
    ).bind(id);
    expect(await row.first()).not.toBeNull();
  });

const isOpenToAll = (route: string) => route.includes('/files/') || route.endsWith('/health');

test.each(Object.entries(ROUTES).filter(([route]) => !isOpenToAll(route)))(
  '[AP2] [AP3] %s is closed to other sites',
  async (route, { body }) => {
    const { id, visitor } = await aQueuedConversation();
    for (const role of ['the visitor', 'admin'] as const) {
      const credentials = await credentialsOf(role, visitor.visitorId);
      const headers = { ...credentials, origin: 'https://elsewhere.example' };
      const response = await attempt(route, id, headers, body, visitor.visitorId);
      // Or the browser lets no page of another site read it.
      if (response.status !== 403) {
        expect(route).toMatch(/^GET/);
        expect(response.headers.get('access-control-allow-origin')).toBeNull();
      }
      await response.body?.cancel();
    }
  },
);

// Last, because its last rows sign everybody out.
test.each(Object.entries(ROUTES))('[AZ2] %s for each', async (route, { expected, body }) => {
  const outcome: Record<string, unknown> = {};
  for (const role of ROLES) {
    const { id, visitor } = await aQueuedConversation();
    if (route === 'DELETE /api/sessions' && cookies.has(role))
      cookies.set(role, await signedIn(role));
    const credentials = await credentialsOf(role, visitor.visitorId);
    if (route.includes('/contacts/')) await isIndexed(id);
    const response = await attempt(route, id, credentials, body, visitor.visitorId);
    outcome[role] = response.status;
    await response.body?.cancel();
  }
  expect(outcome).toEqual(expected);
});
