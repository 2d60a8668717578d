import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import * as v from 'valibot';
import { afterEach, expect, test } from 'vitest';
import {
  CONTACT_SORTS,
  contactQuerySchema,
  DIRECTIONS,
  type ContactFilter,
  type ContactLine,
  type ContactQuery,
} from '#shared/contact/directory.ts';
import type { AgentId, ContactId, DepartmentId } from '#shared/ids.ts';
import { addAccount } from '../testing/accounts.ts';
import { aConversationRow } from '../testing/conversation-row.ts';
import { storeContact } from '../testing/stored-contact.ts';
import { listContacts, listManagers } from './contact-list.ts';
import { putConversation } from './conversations.ts';
import type { Sight } from './conversation-lists.ts';

const db = env.DIRECTORY;
const ALL: Sight = { departments: null, agentId: 'agent-mara' as AgentId };

afterEach(() => db.exec('DELETE FROM conversation; DELETE FROM contact'));

const list = (query: Partial<ContactQuery>, sight = ALL, limit = 50) =>
  listContacts(db, sight, { ...v.parse(contactQuerySchema, {}), ...query }, limit);
const namesOf = async (filter: ContactFilter, sight = ALL) =>
  (await list(filter, sight)).contacts.map(({ name }) => name);

test('[CN1] anonymous visitors are not listed, nor those who became part of another contact', async () => {
  await storeContact(db, { name: 'Visitor 7', isKnown: false });
  const ivy = await storeContact(db, { name: 'Ivy' });
  const part = await storeContact(db, { name: 'Ivy G' });
  await db.prepare('UPDATE contact SET merged_into = ? WHERE id = ?').bind(ivy, part).run();
  expect(await namesOf({})).toEqual(['Ivy']);
});

test('[CN1] a line says how the contact is reached, a verified address first', async () => {
  await addAccount('manny');
  await storeContact(db, {
    ...{ name: 'Ivy', managerId: 'agent-manny' as AgentId, blockedAt: 5, lastMessageAt: 2000 },
    identities: [
      ['email', 'a@shop.example'],
      ['email', 'z@shop.example', true],
      ['phone', '+4930123456'],
    ],
  });
  expect((await list({})).contacts).toMatchObject([
    {
      ...{ email: 'z@shop.example', phone: '+4930123456', isBlocked: true, lastMessageAt: 2000 },
      manager: { id: 'agent-manny', name: 'manny' },
    },
  ]);
  expect(await listManagers(db)).toEqual([{ id: 'agent-manny', name: 'manny' }]);
});

test('[CN2] an agent sees contacts with a conversation of their departments, with none, and their own', async () => {
  await addAccount('sam');
  const of = async (contactId: ContactId, departmentId: string) =>
    putConversation(
      db,
      aConversationRow({ contactId, departmentId: departmentId as DepartmentId }),
    );
  await of(await storeContact(db, { name: 'Sales only' }), 'sales');
  await of(await storeContact(db, { name: 'Support only' }), 'support');
  await storeContact(db, { name: 'Never wrote' });
  await of(await storeContact(db, { name: 'Own', managerId: 'agent-sam' as AgentId }), 'support');
  const sales: Sight = { departments: ['sales' as DepartmentId], agentId: 'agent-sam' as AgentId };
  expect(await namesOf({}, sales)).toEqual(['Never wrote', 'Own', 'Sales only']);
  expect(await namesOf({ search: 'only' }, sales)).toEqual(['Sales only']);
  expect(await namesOf({})).toHaveLength(4);
});

test.each([
  ['an', ['Anne-Marie Ångström', 'Rue']],
  ['angs', ['Anne-Marie Ångström']],
  ['MARIE ang', ['Anne-Marie Ångström']],
  ['rie', []],
  ['ivan', ['Иван Ivanov']],
  ['иван', ['Иван Ivanov']],
  ['ANNA@shop', ['Rue']],
  ['@shop', ['Rue']],
  ['shop.ex', ['Rue']],
  ['hop.ex', []],
  ['rue shop', ['Rue']],
  ['030 123', ['Rue']],
  ['+49 (30) 123-456', ['Rue']],
  ['999', []],
  ['%', []],
  ['', ['Anne-Marie Ångström', 'Rue', 'Иван Ivanov']],
])('[CN3] %j finds %j', async (search, found) => {
  await storeContact(db, { name: 'Anne-Marie Ångström' });
  await storeContact(db, { name: 'Иван Ivanov' });
  await storeContact(db, {
    name: 'Rue',
    identities: [
      ['email', 'anna@shop.example'],
      ['phone', '+4930123456'],
    ],
  });
  expect(await namesOf({ search })).toEqual(found);
});

test('[CN4] the list can be narrowed by manager, block, channel, address and times', async () => {
  await addAccount('mel');
  await storeContact(db, {
    ...{ name: 'A', managerId: 'agent-mel' as AgentId, createdAt: 10, lastMessageAt: 20 },
    identities: [
      ['email', 'a@shop.example'],
      ['livechat', 'a', true],
    ],
  });
  await storeContact(db, { name: 'B', blockedAt: 1, createdAt: 11 });
  const cases: [ContactFilter, string[]][] = [
    [{ manager: 'agent-mel' as AgentId }, ['A']],
    [{ manager: 'none' }, ['B']],
    [{ blocked: 'yes' }, ['B']],
    [{ blocked: 'no' }, ['A']],
    [{ channel: 'livechat' }, ['A']],
    [{ channel: 'sms' }, []],
    [{ email: 'yes' }, ['A']],
    [{ email: 'no' }, ['B']],
    [{ createdFrom: 11 }, ['B']],
    [{ createdTo: 11 }, ['A']],
    [{ lastMessageFrom: 20, lastMessageTo: 21 }, ['A']],
    [{ lastMessageTo: 20 }, []],
    [{ blocked: 'no', email: 'no' }, []],
  ];
  for (const [filter, names] of cases)
    expect([filter, await namesOf(filter)]).toEqual([filter, names]);
});

/** Every page from the first to the last, or back. */
async function pagesOf(query: Partial<ContactQuery>, towards: 'next' | 'previous', limit: number) {
  const found: ContactLine[][] = [];
  let page = await list(query, ALL, limit);
  for (;;) {
    found.push(page.contacts);
    const id = page[towards];
    if (id === null) return { found, last: page };
    const place = towards === 'next' ? { after: id } : { before: id };
    page = await list({ ...query, ...place }, ALL, limit);
  }
}

test('[CN5] pages lead through every contact once, in any order, there and back', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ name: fc.constantFrom('Ada', 'ada', 'Åda', 'Ivy', '绿'), at: fc.nat(3) }),
        {
          maxLength: 12,
        },
      ),
      fc.constantFrom(...CONTACT_SORTS),
      fc.constantFrom(...DIRECTIONS),
      fc.integer({ min: 1, max: 5 }),
      async (contacts, sort, direction, limit) => {
        await db.exec('DELETE FROM contact');
        for (const { name, at } of contacts) {
          await storeContact(db, { name, createdAt: at, lastMessageAt: 3 - at });
        }
        const order = { sort, direction };
        const whole = (await list(order)).contacts;
        expect(whole).toHaveLength(contacts.length);
        const { found, last } = await pagesOf(order, 'next', limit);
        expect(found.flat()).toEqual(whole);
        expect(found.slice(0, -1).every(({ length }) => length === limit)).toBe(true);
        if (last.previous === null) return;
        const back = await pagesOf({ ...order, before: last.previous }, 'previous', limit);
        expect([...back.found.reverse().flat(), ...last.contacts]).toEqual(whole);
      },
    ),
    { numRuns: 30 },
  );
});

test('[CN5] a page that begins with a contact who is gone is the first', async () => {
  const ivy = await storeContact(db);
  await db.prepare('DELETE FROM contact WHERE id = ?').bind(ivy).run();
  await storeContact(db, { name: 'Ada' });
  expect((await list({ after: ivy })).contacts).toHaveLength(1);
});

test('[CN7] a page reads no rows but its own, in any order and with any search', async () => {
  for (const sort of CONTACT_SORTS) {
    for (const search of ['', 'ivy', 'ivy green']) {
      const plan = await planOf({ sort, search, blocked: 'yes', manager: 'none' });
      expect(plan).toContain(`COVERING INDEX contact_${sort.replace('-', '_')}`);
    }
  }
});

/** How SQLite finds the contacts of a page. */
async function planOf(query: Partial<ContactQuery>): Promise<string> {
  let plan = '';
  const explaining = new Proxy(db, {
    get: (target, key) =>
      key === 'prepare' ? (sql: string) => explained(sql) : (Reflect.get(target, key) as unknown),
  });
  const explained = (sql: string) => ({
    bind: (...values: unknown[]) => ({
      all: async () => {
        const rows = await db
          .prepare(`EXPLAIN QUERY PLAN ${sql}`)
          .bind(...values)
          .all<{ detail: string }>();
        plan = rows.results.map(({ detail }) => detail).join('\n');
        return { results: [] };
      },
    }),
  });
  await listContacts(explaining, ALL, { ...v.parse(contactQuerySchema, {}), ...query }, 50);
  return plan;
}
