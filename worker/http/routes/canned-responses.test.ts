// Canned responses through the whole Worker: whose shortcut stands, and what a list is asked for by.

import { env, exports } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import {
  CANNED_RESPONSES_AT_MOST,
  type CannedResponse,
  type CannedResponses,
  type ImportAnswer,
} from '#shared/canned-responses/canned-response.ts';
import { codeOf } from '../../testing/accounts.ts';
import {
  ask,
  cookies,
  listOf,
  outcomeOf,
  SCOPES,
  stored,
  useCannedResponses,
  wanted,
  type Role,
  type Wanted,
} from '../../testing/canned-responses.ts';
import { aQueuedConversation } from '../../testing/people.ts';

useCannedResponses();

test('[CR4] a shortcut that the author is offered already is refused, and the other is named', async () => {
  await stored({}, { shortcut: 'hi', text: 'Good morning to you' });
  const refused = await ask('agent', 'POST', '', wanted(SCOPES.own, { shortcut: '!HI' }));
  expect(await refused.json()).toMatchObject({
    refusal: {
      code: 'canned-response.exists',
      details: { shortcut: 'hi', other: 'Good morning to you' },
    },
  });
});

test.each<[string, Parameters<typeof stored>[0], Role, Wanted, boolean]>([
  ['of their own', { owner: 'agent' }, 'agent', SCOPES.own, false],
  ['of their department', { department: 'sales' }, 'agent', SCOPES.own, false],
  ['of another department', { department: 'support' }, 'agent', SCOPES.own, true],
  ['that a colleague keeps', { owner: 'colleague' }, 'agent', SCOPES.own, true],
  ['that an agent keeps, against a public one', { owner: 'agent' }, 'manager', SCOPES.public, true],
  [
    'of a department, against a public one',
    { department: 'sales' },
    'manager',
    SCOPES.public,
    false,
  ],
])('[CR4] a shortcut %s', async (_which, place, role, scope, isFree) => {
  await stored(place, { shortcut: 'hi' });
  const response = await ask(role, 'POST', '', wanted(scope));
  expect(await outcomeOf(response)).toBe(isFree ? 201 : 'canned-response.exists');
});

test('[CR4] of two who save the same public shortcut at once, one is refused', async () => {
  const saved = await Promise.all(
    ['manager', 'admin'].map(async (name) =>
      outcomeOf(await ask(name, 'POST', '', wanted(SCOPES.public))),
    ),
  );
  expect(saved.sort()).toEqual([201, 'canned-response.exists'].sort());
});

test('[CR5] what a colleague has changed meanwhile is not overwritten', async () => {
  const id = await stored({});
  const change = (text: string, revision: number) =>
    ask('manager', 'PUT', `/${id}`, wanted(SCOPES.public, { text, revision }));
  expect((await change('First', 1)).status).toBe(204);
  expect(await codeOf(await change('Second', 1))).toBe('canned-response.changed');
  expect((await listOf('manager')).responses).toMatchObject([{ text: 'First', revision: 2 }]);
});

test('[CR6] a text is no longer than a message may be', async () => {
  const text = 'x'.repeat(5_001);
  const refused = await ask('agent', 'POST', '', wanted(SCOPES.own, { text }));
  expect(await codeOf(refused)).toBe('message.too-long');
});

test('[CR6] a place has so many at most', async () => {
  await env.DIRECTORY.prepare(
    `WITH RECURSIVE nth (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM nth WHERE n < ?)
    INSERT INTO canned_response (id, shortcut, text, tags, owner_id, revision, updated_at)
    SELECT n, 'n' || n, 'Text', '[]', 'agent-agent', 1, 0 FROM nth`,
  )
    .bind(CANNED_RESPONSES_AT_MOST)
    .run();
  const refused = await ask('agent', 'POST', '', wanted(SCOPES.own));
  expect(await codeOf(refused)).toBe('canned-response.full');
  expect((await ask('colleague', 'POST', '', wanted(SCOPES.own))).status).toBe(201);
});

test.each(['', '!', 'two words', '-x', 'x'.repeat(41), 'a/b'])(
  '[CR4] “%s” is no shortcut',
  async (shortcut) => {
    const refused = await ask('agent', 'POST', '', wanted(SCOPES.own, { shortcut }));
    expect(await codeOf(refused)).toBe('body.malformed');
  },
);

test('[CR7] a list is empty until something changes that the agent may see', async () => {
  const { version } = await listOf('agent');
  const again = async () =>
    (await ask('agent', 'GET', `?version=${encodeURIComponent(version)}`)).status;
  expect(await again()).toBe(204);
  await ask('colleague', 'POST', '', wanted(SCOPES.own));
  await ask('manager', 'POST', '', wanted(SCOPES.elsewhere));
  expect(await again()).toBe(204);
  await ask('manager', 'POST', '', wanted(SCOPES.department, { shortcut: 'new' }));
  expect(await again()).toBe(200);
});

test('[CR7] a new department brings a new list', async () => {
  const { version } = await listOf('outsider');
  await env.DIRECTORY.exec(`INSERT INTO membership VALUES ('agent-outsider', 'sales')`);
  const response = await ask('outsider', 'GET', `?version=${encodeURIComponent(version)}`);
  expect(response.status).toBe(200);
  await env.DIRECTORY.exec(
    `DELETE FROM membership WHERE agent_id = 'agent-outsider' AND department_id = 'sales'`,
  );
});

test('[CR7] what is moved is news where it was, too', async () => {
  const id = await stored({ department: 'support' });
  await env.DIRECTORY.exec(`INSERT INTO membership VALUES ('agent-colleague', 'support')`);
  const { version, responses } = await listOf('colleague');
  expect(responses).toHaveLength(1);
  await ask('manager', 'PUT', `/${id}`, wanted(SCOPES.own, { revision: 1 }));
  const path = `?version=${encodeURIComponent(version)}`;
  const { responses: after }: CannedResponses = await (await ask('colleague', 'GET', path)).json();
  expect(after).toEqual([]);
});

test('[CR12] how a contact is reached is told to those who may read the conversation', async () => {
  const { id, visitor } = await aQueuedConversation();
  const identity = (kind: string, value: string, verified: number, at: number) =>
    env.DIRECTORY.prepare('INSERT INTO contact_identity VALUES (?, ?, ?, ?, ?)').bind(
      ...[kind, value, visitor.visitorId, verified, at],
    );
  await env.DIRECTORY.batch([
    env.DIRECTORY.prepare(
      `INSERT INTO contact (id, name, created_at) VALUES (?, 'Ivy', 0) ON CONFLICT DO NOTHING`,
    ).bind(visitor.visitorId),
    identity('email', 'claimed@shop.example', 0, 2),
    identity('email', 'proven@shop.example', 1, 1),
  ]);
  const reach = (name: string) =>
    exports.default.fetch(`https://parley.test/api/conversations/${id}/placeholders`, {
      headers: { cookie: cookies.get(name) ?? '' },
    });
  expect(await (await reach('agent')).json()).toEqual({
    email: 'proven@shop.example',
    phone: null,
  });
  expect(await codeOf(await reach('outsider'))).toBe('conversation.unknown');
});

test('[CR16] [CR18] each row of an import is judged by itself, also when it is only tried', async () => {
  await stored({ department: 'sales' }, { shortcut: 'there', text: 'Old' });
  await stored({ department: 'sales' }, { shortcut: 'same', text: 'Same' });
  await stored({}, { shortcut: 'taken', text: 'Public' });
  const row = (shortcut: string, text: string, scope: Wanted = SCOPES.department) =>
    wanted(scope, { shortcut, text });
  const responses = [
    ...[row('new', 'New'), row('there', 'New'), row('same', 'Same')],
    ...[row('taken', 'Mine'), row('x', 'Mine', SCOPES.public)],
  ];
  const before = await listOf('monitor');
  for (const isDryRun of [true, false]) {
    expect(await listOf('monitor')).toEqual(before);
    const response = await ask('monitor', 'POST', '/import', { isDryRun, responses });
    const { rows }: ImportAnswer = await response.json();
    expect(rows.map(({ outcome, refusal }) => refusal?.code ?? outcome)).toEqual([
      ...['created', 'updated', 'unchanged', 'canned-response.exists', 'permission.missing'],
    ]);
  }
  const texts = ({ responses }: { responses: CannedResponse[] }) =>
    responses.map(({ shortcut, text }) => `${shortcut}: ${text}`);
  expect(texts(await listOf('monitor'))).toEqual([
    ...['new: New', 'same: Same', 'taken: Public', 'there: New'],
  ]);
});
