// Leaving a message and seeing to it, through the whole Worker.

import { env, exports } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import type { OfflineMessages } from '#shared/api.ts';
import { MOST_OPEN } from '../../io/offline-messages.ts';
import { settingsOf } from '../../io/settings.ts';
import { newOfflineMessageId, newVisitorId, type DepartmentId } from '#shared/ids.ts';
import { addAccount, codeOf, signedIn } from '../../testing/accounts.ts';
import { anAgent, atDepartment } from '../../testing/people.ts';
import { visitorToken } from '../visitor-token.ts';

const cookies: Record<string, string> = {};
let token: string;

beforeAll(async () => {
  // Nobody is there, and a message can be left.
  await addAccount('sally', { departments: ['form'] });
  await addAccount('sue', { departments: ['small-form'] });
  await addAccount('moni', { role: 'monitor', departments: [] });
  for (const name of ['sally', 'sue', 'moni']) cookies[name] = await signedIn(name);
  token = await visitorToken(newVisitorId(), env, Date.now());
});

const ask = (path: string, headers: Record<string, string>, body?: object) =>
  exports.default.fetch(
    new Request(`https://parley.test/api/offline-messages${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );

const aMessage = (text: string, departmentId = 'form') => ({
  ...{ id: newOfflineMessageId(), departmentId },
  ...{ name: ' Ivy Green ', email: 'ivy@shop.example', text },
});

const leave = (body: object, headers = {}) =>
  ask('', { authorization: `Bearer ${token}`, ...headers }, body);

const finish = async (name: string, id: string) =>
  (await ask(`/${id}/done`, { cookie: cookies[name] ?? '' }, {})).status;

const pageOf = async (name: string, after = ''): Promise<OfflineMessages> =>
  (await ask(after && `?after=${after}`, { cookie: cookies[name] ?? '' })).json();
const seenBy = async (name: string) => (await pageOf(name)).messages;
const textsSeenBy = async (name: string) => (await seenBy(name)).map(({ text }) => text);

test('[LM1] a retry is stored once, as it was left first', async () => {
  const message = aMessage('Is the shop open on Sunday?');
  expect((await leave(message)).status).toBe(204);
  expect((await leave({ ...message, text: 'Changed' })).status).toBe(204);
  const found = (await seenBy('sally')).filter(({ id }) => id === message.id);
  expect(found).toMatchObject([
    { name: 'Ivy Green', text: 'Is the shop open on Sunday?', doneBy: null, doneAt: null },
  ]);
});

test.each([
  [{ name: '  ' }, 'body.malformed'],
  [{ name: 'x'.repeat(101) }, 'body.malformed'],
  [{ email: 'nobody' }, 'body.malformed'],
  [{ email: 'ada@bank.example\u202eelpmaxe.live' }, 'body.malformed'],
  [{ email: 'ada\u200b@shop.example' }, 'body.malformed'],
  [{ text: '\n' }, 'body.malformed'],
  [{ id: '1' }, 'body.malformed'],
  [{ departmentId: 'cellar' }, 'department.unknown'],
  [{ text: 'x'.repeat(20_001) }, 'message.too-long'],
])('[LM2] %j is refused', async (wrong, code) => {
  expect(await codeOf(await leave({ ...aMessage('Hello'), ...wrong }))).toBe(code);
});

test('[LM2] the longest message there may be is stored, in any script', async () => {
  const text = '𝒢👋'.repeat(1250);
  expect((await leave(aMessage(text))).status).toBe(204);
});

test('[AP2] [LM2] another site may not leave any', async () => {
  const refused = await leave(aMessage('Hello'), { origin: 'https://elsewhere.example' });
  expect(await codeOf(refused)).toBe('origin.refused');
});

test('[LM3] agents see and finish those of their departments, a monitor sees all', async () => {
  const forSales = aMessage('For sales');
  const forSupport = aMessage('For support', 'small-form');
  for (const message of [forSales, forSupport]) await leave(message);
  expect(await textsSeenBy('sally')).not.toContain('For support');
  expect(await textsSeenBy('sue')).toEqual(['For support']);
  expect(await textsSeenBy('moni')).toEqual(expect.arrayContaining(['For sales', 'For support']));

  expect(await finish('sue', forSales.id)).toBe(404);
  expect(await finish('sally', newOfflineMessageId())).toBe(404);
  expect(await finish('sue', forSupport.id)).toBe(204);
  expect(await seenBy('sue')).toMatchObject([{ doneBy: 'sue', doneAt: expect.any(Number) as 1 }]);
});

test('[LM3] done messages come last, and stay with the agent who was first', async () => {
  const [older, newer] = [aMessage('Older'), aMessage('Newer')];
  for (const message of [older, newer]) await leave(message);
  expect(await finish('sally', newer.id)).toBe(204);
  expect(await finish('moni', newer.id)).toBe(204);
  const seen = await seenBy('sally');
  expect(seen.at(-2)?.text).toBe('Older');
  expect(seen.at(-1)).toMatchObject({ text: 'Newer', doneBy: 'sally' });
});

/** As many as none could leave in a test, by an earlier hand. */
async function store(count: number, departmentId: string, sentAt: number): Promise<void> {
  const put = env.DIRECTORY.prepare(
    `INSERT INTO offline_message (id, department_id, visitor_id, name, email, text, sent_at)
    VALUES (?, ?, '', 'Ivy', 'ivy@shop.example', ?, ?)`,
  );
  await env.DIRECTORY.batch(
    Array.from({ length: count }, (_, index) =>
      put.bind(newOfflineMessageId(), departmentId, `Old ${index}`, sentAt + Math.floor(index / 2)),
    ),
  );
}

test('[LM4] the agents of the department are told how many are open, at each that comes or is done', async () => {
  const form = 'form' as DepartmentId;
  const watcher = await atDepartment(form, anAgent('Sally', { departments: [form] }));
  const counted = () =>
    watcher.next(({ events }) => JSON.stringify(events ?? []).includes('offline-messages.counted'));
  const before = (await seenBy('sally')).filter(({ doneAt }) => doneAt === null).length;
  const message = aMessage('Is the shop open at Easter?');
  const came = counted();
  await leave(message);
  expect(await came).toMatchObject({ events: [{ open: before + 1 }] });
  const gone = counted();
  await finish('sally', message.id);
  expect(await gone).toMatchObject({ events: [{ open: before }] });
});

test('[LM5] pages lead through all of them: open ones from the oldest on, then the done ones from the newest on', async () => {
  await env.DIRECTORY.exec('DELETE FROM offline_message');
  await store(70, 'form', 1_000);
  await store(70, 'form', 2_000);
  await env.DIRECTORY.exec('UPDATE offline_message SET done_at = 1 WHERE sent_at >= 2000');
  const found: OfflineMessages['messages'][number][] = [];
  let after: string | null = '';
  for (let pages = 0; after !== null; pages += 1) {
    const { messages, next }: OfflineMessages = await pageOf('sally', after);
    found.push(...messages);
    after = next;
    expect(pages).toBeLessThan(4);
  }
  expect(new Set(found.map(({ id }) => id)).size).toBe(140);
  const times = found.map(({ sentAt }) => sentAt);
  expect(times.slice(0, 70)).toEqual(times.slice(0, 70).toSorted((a, b) => a - b));
  expect(times.slice(70)).toEqual(times.slice(70).toSorted((a, b) => b - a));
  expect(await codeOf(await ask('?after=x', { cookie: cookies['sally'] ?? '' }))).toBe(
    'body.malformed',
  );
});

test('[LM6] where a conversation would be opened, no message can be left, and a retry still counts', async () => {
  expect(await codeOf(await leave(aMessage('Hello', 'sales')))).toBe('department.accepting');
  const message = aMessage('Hello', 'small-form');
  expect((await leave(message)).status).toBe(204);
  await env.DIRECTORY.exec(`UPDATE offline_message SET department_id = 'sales'`);
  expect((await leave({ ...message, departmentId: 'sales' })).status).toBe(204);
});

test('[LM7] a department has so many open ones at most, and a day so many in all', async () => {
  await env.DIRECTORY.exec('DELETE FROM offline_message');
  await store(MOST_OPEN, 'form', 1_000);
  expect(await codeOf(await leave(aMessage('One more')))).toBe('offline-message.full');
  expect((await leave(aMessage('For others', 'small-form'))).status).toBe(204);
  const { ceilings } = settingsOf(env);
  await store(ceilings.offline_messages_per_day - 1, 'support', Date.now() - 1_000);
  expect(await codeOf(await leave(aMessage('Others', 'small-form')))).toBe('offline-message.full');
  await env.DIRECTORY.exec('DELETE FROM offline_message');
});
