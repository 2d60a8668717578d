// Canned responses for tests of their routes, and those who try to change them.

import { env, exports } from 'cloudflare:workers';
import { beforeAll, beforeEach } from 'vitest';
import type { CannedResponses } from '#shared/canned-responses/canned-response.ts';
import { newCannedResponseId } from '#shared/ids.ts';
import { addAccount, codeOf, signedIn } from './accounts.ts';

/** Those who try. All but the outsider and the admin are of Sales. */
export const ROLES = ['outsider', 'agent', 'monitor', 'manager', 'admin'] as const;
export type Role = (typeof ROLES)[number];
export const cookies = new Map<string, string>();

export const ask = (name: string, method: string, path = '', body?: object): Promise<Response> =>
  exports.default.fetch(
    new Request(`https://parley.test/api/canned-responses${path}`, {
      method,
      headers: { 'content-type': 'application/json', cookie: cookies.get(name) ?? '' },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );

export const listOf = async (name: string): Promise<CannedResponses> =>
  (await ask(name, 'GET')).json();

export const SCOPES = {
  own: { kind: 'private' },
  department: { kind: 'department', departmentId: 'sales' },
  elsewhere: { kind: 'department', departmentId: 'support' },
  public: { kind: 'public' },
} as const;
export type Wanted = (typeof SCOPES)[keyof typeof SCOPES];

export const wanted = (scope: Wanted, more: object = {}) => ({
  ...{ shortcut: 'hi', text: 'Hello', tags: [], scope },
  ...more,
});

/** Stores one past every rule. */
export async function stored(
  place: { owner?: string; department?: string },
  { shortcut = 'old', text = 'Old' } = {},
): Promise<string> {
  const id = newCannedResponseId();
  await env.DIRECTORY.prepare(
    `INSERT INTO canned_response (id, shortcut, text, tags, owner_id, department_id, revision, updated_at)
    VALUES (?, ?, ?, '[]', ?, ?, 1, 0)`,
  )
    .bind(id, shortcut, text, place.owner ? `agent-${place.owner}` : null, place.department ?? null)
    .run();
  return id;
}

/** The status of a success, or the code of the refusal. */
export const outcomeOf = async (response: Response) =>
  response.status < 300 ? response.status : codeOf(response);

/** Makes their accounts, and takes away what another test has stored. Call it once at the top of a file. */
export function useCannedResponses(): void {
  beforeAll(async () => {
    await addAccount('outsider', { departments: ['small'] });
    await addAccount('agent');
    await addAccount('colleague');
    await addAccount('monitor', { role: 'monitor' });
    await addAccount('manager', { role: 'manager' });
    await addAccount('admin', { role: 'admin', departments: [] });
    for (const name of [...ROLES, 'colleague']) cookies.set(name, await signedIn(name));
  });
  beforeEach(async () => {
    await env.DIRECTORY.exec('DELETE FROM canned_response');
  });
}
