// Accounts for tests, and a way to sign in as one of them.

import { env } from 'cloudflare:workers';
import { Hono } from 'hono';
import { hashPassword } from 'better-auth/crypto';
import type { Role } from '#shared/permissions.ts';
import type { SettingsSource } from '#shared/settings/schema.ts';
// Evaluated before the tests, so that the first sign-in does not wait for it.
import '../http/auth.ts';
import { RefusalError, refusedResponse } from '../http/refusal-error.ts';
import { avatars } from '../http/routes/avatars.ts';
import { workspaceApi } from '../http/workspace-api.ts';

const ORIGIN = 'https://parley.test';
export const PASSWORD = 'a right password';

/** The workspace's API, answering as the whole app does. */
export const accounts = new Hono<{ Bindings: Env }>()
  .route('/api', workspaceApi)
  .route('/files', avatars)
  .onError((error) => {
    if (error instanceof RefusalError) return refusedResponse(error.refusal);
    throw error;
  });

/** Agents who were told to close their sockets, in order. */
export const signedOut: string[] = [];
/** Agents whose sockets were to come back, with their names. */
export const renewed: string[] = [];

const bindings = {
  ...env,
  settings: {
    workspace: { name: 'Test' },
    departments: [
      { id: 'sales', name: 'Sales' },
      { id: 'support', name: 'Support' },
    ],
    routing: { method: 'manual' },
    limits: { max_conversations_per_agent: 5, message_characters: 100 },
    presence: { grace_seconds: 30 },
    widget: { allowed_origins: [] },
    roles: {
      admin: ['conversation.take', 'conversation.view-all'],
      manager: [],
      monitor: ['conversation.view-all'],
      agent: ['conversation.take'],
    },
  },
  AGENT: {
    getByName: (agentId: string) => ({
      signOut: async () => void signedOut.push(agentId),
      renew: async ({ name }: { name: string }) => void renewed.push(name),
    }),
  },
};

export const request = (path: string, init?: RequestInit, origin = ORIGIN): Promise<Response> =>
  Promise.resolve(accounts.request(`${origin}${path}`, init, bindings));

/** The same where the settings say more. */
export const requestUnder =
  (more: Partial<SettingsSource>) =>
  (path: string, init?: RequestInit): Promise<Response> =>
    Promise.resolve(
      accounts.request(`${ORIGIN}${path}`, init, {
        ...bindings,
        settings: { ...bindings.settings, ...more },
      }),
    );

/** What an agent asks who has these cookies. */
export const asked = (
  method: string,
  path: string,
  { cookie = '', body }: { cookie?: string; body?: object } = {},
): Promise<Response> =>
  request(path, {
    method,
    headers: { cookie, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });

/** The cookies of a browser after an answer. */
export function cookiesAfter(before: string, response: Response): string {
  const jar = new Map(
    [before, ...response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '')]
      .flatMap((cookies) => cookies.split('; '))
      .map((cookie) => [cookie.split('=')[0] ?? '', cookie]),
  );
  return [...jar.values()].filter((cookie) => !cookie.endsWith('=')).join('; ');
}

interface Account {
  role?: Role;
  departments?: string[];
}

/** Makes an account `<username>@parley.test` with {@link PASSWORD}; its id is `agent-<username>`. */
export async function addAccount(
  username: string,
  { role = 'agent', departments = ['sales'] }: Account = {},
): Promise<void> {
  const id = `agent-${username}`;
  const now = new Date().toISOString();
  await env.DIRECTORY.batch([
    env.DIRECTORY.prepare(
      `INSERT INTO "user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt", "username", "role")
       VALUES (?1, ?2, ?3, 1, ?4, ?4, ?2, ?5)`,
    ).bind(id, username, `${username}@parley.test`, now, role),
    env.DIRECTORY.prepare(
      `INSERT INTO "account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
       VALUES (?1, ?1, 'credential', ?1, ?2, ?3, ?3)`,
    ).bind(id, await hashPassword(PASSWORD), now),
    ...departments.map((department) =>
      env.DIRECTORY.prepare('INSERT INTO membership VALUES (?, ?)').bind(id, department),
    ),
  ]);
}

export const signIn = (email: string, password = PASSWORD, origin = ORIGIN): Promise<Response> =>
  request(
    '/api/session',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    },
    origin,
  );

/** The cookies that an answer sets, as the next request sends them. */
export const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

/** Signs in as an account made by {@link addAccount}; the cookies to send along. */
export async function signedIn(username: string): Promise<string> {
  const response = await signIn(`${username}@parley.test`);
  if (response.status !== 204) throw new Error(await response.text());
  return cookiesOf(response);
}

export async function codeOf(response: Response): Promise<string> {
  const { refusal } = await response.json<{ refusal: { code: string } }>();
  return refusal.code;
}
