// Who may see, save and delete which canned responses, cell by cell, through the whole Worker.

import { env, exports } from 'cloudflare:workers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Me } from '#shared/api.ts';
import { maySee } from '#shared/canned-responses/access.ts';
import type { ImportAnswer } from '#shared/canned-responses/canned-response.ts';
import { codeOf } from '../../testing/accounts.ts';
import {
  ask,
  cookies,
  listOf,
  outcomeOf,
  ROLES,
  SCOPES,
  stored,
  useCannedResponses,
  wanted,
  type Role,
} from '../../testing/canned-responses.ts';

useCannedResponses();

const PLACES = ['own', 'other', 'department', 'elsewhere', 'public'] as const;
type Place = (typeof PLACES)[number];

const storedIn = (place: Place, role: Role): Promise<string> =>
  stored(
    {
      own: { owner: role },
      other: { owner: 'colleague' },
      department: { department: 'sales' },
      elsewhere: { department: 'support' },
      public: {},
    }[place],
  );

const each = async (attempt: (place: Place, role: Role) => Promise<unknown>) => {
  const table: Record<string, unknown[]> = {};
  for (const role of ROLES) {
    table[role] = [];
    for (const place of PLACES) {
      await env.DIRECTORY.exec('DELETE FROM canned_response');
      table[role].push(await attempt(place, role));
    }
  }
  return table;
};

const [UNKNOWN, MISSING, NOT_YOURS] = [
  'canned-response.unknown',
  'permission.missing',
  'canned-response.not-yours',
];

test('[CR1] who sees which: own, another’s, the department’s, another department’s, public', async () => {
  const seen = await each(async (place, role) => {
    const id = await storedIn(place, role);
    return (await listOf(role)).responses.some((one) => one.id === id);
  });
  expect(seen).toEqual({
    outsider: [true, false, false, false, true],
    agent: [true, false, true, false, true],
    monitor: [true, false, true, false, true],
    manager: [true, true, true, true, true],
    admin: [true, true, true, true, true],
  });
});

test('[CR2] who may delete which', async () => {
  const deleted = await each(async (place, role) =>
    outcomeOf(await ask(role, 'DELETE', `/${await storedIn(place, role)}`)),
  );
  expect(deleted).toEqual({
    outsider: [204, UNKNOWN, UNKNOWN, UNKNOWN, MISSING],
    agent: [204, UNKNOWN, MISSING, UNKNOWN, MISSING],
    monitor: [204, UNKNOWN, 204, UNKNOWN, MISSING],
    manager: [204, NOT_YOURS, 204, 204, 204],
    admin: [204, NOT_YOURS, 204, 204, 204],
  });
});

test('[CR2] who may change which, where it stays', async () => {
  const changed = await each(async (place, role) => {
    const id = await storedIn(place, role);
    const scope = SCOPES[place === 'other' ? 'own' : place];
    return outcomeOf(await ask(role, 'PUT', `/${id}`, wanted(scope, { revision: 1 })));
  });
  expect(changed).toEqual({
    outsider: [204, UNKNOWN, UNKNOWN, UNKNOWN, MISSING],
    agent: [204, UNKNOWN, MISSING, UNKNOWN, MISSING],
    monitor: [204, UNKNOWN, 204, UNKNOWN, MISSING],
    manager: [204, NOT_YOURS, 204, 204, 204],
    admin: [204, NOT_YOURS, 204, 204, 204],
  });
});

test.each([
  ['own', ['agent', 'monitor', 'manager', 'admin', 'outsider']],
  ['department', ['monitor', 'manager', 'admin']],
  ['elsewhere', ['manager', 'admin']],
  ['public', ['manager', 'admin']],
] as const)('[CR2] into “%s” only %j may save, be it new, moved or imported', async (to, may) => {
  const scope = SCOPES[to];
  for (const role of ROLES) {
    const isAllowed = may.some((one) => one === role);
    await env.DIRECTORY.exec('DELETE FROM canned_response');
    expect((await ask(role, 'POST', '', wanted(scope))).status, role).toBe(isAllowed ? 201 : 403);
    const own = await stored({ owner: role });
    const moved = await ask(role, 'PUT', `/${own}`, wanted(scope, { shortcut: 'it', revision: 1 }));
    expect(moved.status, role).toBe(isAllowed ? 204 : 403);
    const row = wanted(scope, { shortcut: 'row' });
    const imported = await ask(role, 'POST', '/import', { responses: [row] });
    const { rows }: ImportAnswer = await imported.json();
    expect(rows[0]?.outcome, role).toBe(isAllowed ? 'created' : 'refused');
  }
});

test('[CR2] a department that the settings do not have gets none', async () => {
  const scope = { kind: 'department', departmentId: 'nowhere' } as const;
  const body = { ...wanted(SCOPES.own), scope };
  expect(await codeOf(await ask('admin', 'POST', '', body))).toBe('department.unknown');
});

test('[CR3] the list has what the rules let an agent see, and nothing else', async () => {
  const me = new Map<Role, Me>();
  for (const role of ROLES) {
    const headers = { cookie: cookies.get(role) ?? '' };
    const response = await exports.default.fetch('https://parley.test/api/me', { headers });
    me.set(role, await response.json());
  }
  const place = fc.constantFrom(
    ...[{ owner: 'agent' }, { owner: 'colleague' }, { owner: 'manager' }],
    ...[{ department: 'sales' }, { department: 'support' }, { department: 'gone' }, {}],
  );
  const arbitrary = fc.tuple(fc.array(place, { maxLength: 12 }), fc.constantFrom(...ROLES));
  await fc.assert(
    fc.asyncProperty(arbitrary, async ([places, role]) => {
      await env.DIRECTORY.exec('DELETE FROM canned_response');
      for (const one of places) await stored(one);
      // The admin's sight is of everything but private ones, and of these, too.
      const { responses: all } = await listOf('admin');
      const { responses } = await listOf(role);
      const by = me.get(role);
      const expected = all.filter(({ scope }) => by && maySee(scope, by));
      expect(all).toHaveLength(places.length);
      expect(responses.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
    }),
    { numRuns: 30 },
  );
});
