// The directory of contacts, through the whole Worker.

import { env, exports } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import type { ContactList } from '#shared/contact/directory.ts';
import type { ImportRow, RowOutcome } from '#shared/contact/import.ts';
import { csvRows } from '#shared/csv.ts';
import { newContactId, type ContactId } from '#shared/ids.ts';
import { addAccount, codeOf, signedIn } from '../../testing/accounts.ts';
import { audited } from '../../testing/audited.ts';
import { storeContact } from '../../testing/stored-contact.ts';

const db = env.DIRECTORY;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  await addAccount('noor');
  await addAccount('max', { role: 'manager' });
  for (const name of ['noor', 'max']) cookies[name] = await signedIn(name);
});

const ask = (name: string, path: string, body?: object) =>
  exports.default.fetch(
    new Request(`https://parley.test/api/contacts${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { cookie: cookies[name] ?? '', 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );

const listed = async (query: string): Promise<ContactList> =>
  (await ask('noor', `?search=${encodeURIComponent(query)}`)).json();
const countOf = () => db.prepare('SELECT count(*) AS count FROM contact').first<number>('count');

const aContact = (changes: object = {}) => ({
  ...{ contactId: newContactId(), name: ' Basil  Thyme ', email: null, phone: null },
  ...changes,
});

test('[CN10] an agent enters a contact, and a retry makes no second one', async () => {
  const contact = aContact({ email: 'Basil@Shop.example', phone: '+49 (0)30 555 123' });
  expect((await ask('noor', '', contact)).status).toBe(204);
  expect(
    (await ask('noor', '', { ...contact, name: 'Another', email: 'x@y.example' })).status,
  ).toBe(204);
  expect((await listed('basil')).contacts).toMatchObject([
    { name: 'Basil Thyme', email: 'basil@shop.example', phone: '+4930555123', lastMessageAt: null },
  ]);
  expect((await listed('x@y')).contacts).toEqual([]);
});

test.each([
  [{ name: '  ' }, 'body.malformed'],
  [{ email: 'nobody' }, 'body.malformed'],
  [{ phone: 'call me' }, 'phone.unclear'],
  [{ contactId: '1' }, 'body.malformed'],
])('[CN10] %j is refused', async (changes, code) => {
  const before = await countOf();
  expect(await codeOf(await ask('noor', '', aContact(changes)))).toBe(code);
  expect(await countOf()).toBe(before);
});

test.each(['sort=shoe-size', 'after=first', 'createdFrom=yesterday', 'page=2'])(
  '[CN4] a list by %s is refused',
  async (query) => expect(await codeOf(await ask('noor', `?${query}`))).toBe('body.malformed'),
);

const row = (changes: Partial<ImportRow>): ImportRow => ({
  ...{ contactId: newContactId(), name: 'Rue', emails: '', phones: '', manager: '' },
  fields: {},
  ...changes,
});
const imported = async (rows: readonly ImportRow[], isDryRun: boolean): Promise<RowOutcome[]> =>
  (await (await ask('max', '/import', { isDryRun, rows })).json<{ outcomes: RowOutcome[] }>())
    .outcomes;

test('[CN25] each row is answered for itself, a dry run says what the import then does', async () => {
  const known = await storeContact(db, {
    name: 'Ivy',
    identities: [['email', 'ivy@import.example']],
  });
  const rows = [
    row({ name: 'New', emails: 'a@import.example; B@import.example', phones: '+49 30 111222' }),
    row({ name: '' }),
    row({ emails: 'nobody' }),
    row({ phones: '12' }),
    row({ manager: 'stranger' }),
    row({ name: 'Ivy again', emails: 'IVY@import.example' }),
    row({ name: 'New again', emails: 'b@import.example' }),
    row({ name: 'Managed', manager: '@noor' }),
    row({ emails: Array.from({ length: 11 }, (_, index) => `${index}@many.example`).join() }),
  ];
  const expected = [
    { outcome: 'new' },
    { outcome: 'wrong', problem: 'name', value: '' },
    { outcome: 'wrong', problem: 'email', value: 'nobody' },
    { outcome: 'wrong', problem: 'phone', value: '12' },
    { outcome: 'wrong', problem: 'manager', value: 'stranger' },
    { outcome: 'known', value: 'ivy@import.example', contact: { contactId: known, name: 'Ivy' } },
    { outcome: 'wrong', problem: 'twice', value: 'b@import.example' },
    { outcome: 'new' },
    { outcome: 'wrong', problem: 'addresses', value: '' },
  ];
  const before = await countOf();
  expect(await imported(rows, true)).toEqual(expected);
  expect(await countOf()).toBe(before);
  expect(await imported(rows, false)).toEqual(expected);
  expect(await countOf()).toBe((before ?? 0) + 2);
  expect((await listed('managed')).contacts).toMatchObject([{ manager: { id: 'agent-noor' } }]);
  // A retry, because an answer was lost.
  expect(await imported(rows, false)).toEqual(expected);
  expect(await countOf()).toBe((before ?? 0) + 2);
});

test('[CN26] who has an address already stays as they are', async () => {
  await storeContact(db, { name: 'Sage', identities: [['phone', '+4930777888']] });
  await imported([row({ name: 'Other', phones: '0049 30 777888', emails: 'o@t.example' })], false);
  expect((await listed('030777888')).contacts).toMatchObject([{ name: 'Sage', email: null }]);
  expect((await listed('o@t.example')).contacts).toEqual([]);
});

test('[CN27] too many rows for one request, and rows that are too long, are refused', async () => {
  const many = Array.from({ length: 201 }, () => row({}));
  expect(await codeOf(await ask('max', '/import', { isDryRun: true, rows: many }))).toBe(
    'body.malformed',
  );
  const long = [row({ name: 'x'.repeat(501) })];
  expect(await codeOf(await ask('max', '/import', { isDryRun: true, rows: long }))).toBe(
    'body.malformed',
  );
});

test('[CN27] [CN22] only who may imports and exports', async () => {
  expect(await codeOf(await ask('noor', '/import', { isDryRun: true, rows: [] }))).toBe(
    'permission.missing',
  );
  expect(await codeOf(await ask('noor', '/export'))).toBe('permission.missing');
});

test('[CN22] [MY19] the file has every contact that the filter finds, and can be imported again', async () => {
  await db.exec('DELETE FROM contact');
  const ids: ContactId[] = [];
  for (let index = 0; index < 3; index++) {
    ids.push(await storeContact(db, { name: `Mint ${index}`, managerId: null }));
  }
  await storeContact(db, {
    ...{
      name: '=HYPERLINK("x")',
      createdAt: Date.UTC(2026, 0, 2),
      blockedAt: Date.UTC(2026, 0, 3),
    },
    identities: [
      ['email', 'm@shop.example'],
      ['email', 'n@shop.example'],
      ['phone', '+4930123456'],
    ],
  });
  const response = await ask('max', '/export');
  expect(response.headers.get('content-disposition')).toContain('contacts.csv');
  const text = await response.text();
  expect(text).toContain(`'=HYPERLINK`);
  const [header, hostile, ...others] = [...csvRows(text)].map(({ cells }) => cells);
  expect(header).toEqual([
    ...['Name', 'Email', 'Phone', 'Contact manager', 'Blocked', 'Created', 'Last message'],
  ]);
  expect(hostile).toEqual([
    ...['=HYPERLINK("x")', 'm@shop.example, n@shop.example', '+4930123456', ''],
    ...['2026-01-03T00:00:00.000Z', '2026-01-02T00:00:00.000Z', ''],
  ]);
  expect(others.map(([name]) => name)).toEqual(['Mint 0', 'Mint 1', 'Mint 2']);
  const some = await (await ask('max', '/export?search=mint%201')).text();
  expect([...csvRows(some)]).toHaveLength(2);
  const entry = { by: 'agent-max', about: null, details: '{}' };
  expect(await audited('contacts.exported')).toEqual([entry, entry]);
});
