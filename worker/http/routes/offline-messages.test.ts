// Leaving a message and seeing to it, through the whole Worker.

import { env, exports } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import type { OfflineMessage } from '#shared/api.ts';
import { newOfflineMessageId, newVisitorId } from '#shared/ids.ts';
import { addAccount, codeOf, signedIn } from '../../testing/accounts.ts';
import { visitorToken } from '../visitor-token.ts';

const cookies: Record<string, string> = {};
let token: string;

beforeAll(async () => {
  await addAccount('sally', { departments: ['sales'] });
  await addAccount('sue', { departments: ['support'] });
  await addAccount('moni', { role: 'monitor', departments: [] });
  for (const name of ['sally', 'sue', 'moni']) cookies[name] = await signedIn(name);
  token = await visitorToken(newVisitorId(), env.VISITOR_SECRET, Date.now());
});

const ask = (path: string, headers: Record<string, string>, body?: object) =>
  exports.default.fetch(
    new Request(`http://parley.test/api/offline-messages${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );

const aMessage = (text: string, departmentId = 'sales') => ({
  ...{ id: newOfflineMessageId(), departmentId },
  ...{ name: ' Ivy Green ', email: 'ivy@shop.example', text },
});

const leave = (body: object, headers = {}) =>
  ask('', { authorization: `Bearer ${token}`, ...headers }, body);

const finish = async (name: string, id: string) =>
  (await ask(`/${id}/done`, { cookie: cookies[name] ?? '' }, {})).status;

async function seenBy(name: string): Promise<OfflineMessage[]> {
  return (await ask('', { cookie: cookies[name] ?? '' })).json();
}
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
  const forSupport = aMessage('For support', 'support');
  for (const message of [forSales, forSupport]) await leave(message);
  expect(await textsSeenBy('sally')).not.toContain('For support');
  expect(await textsSeenBy('sue')).toEqual(['For support']);
  expect((await textsSeenBy('moni')).slice(0, 2).sort()).toEqual(['For sales', 'For support']);

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
  expect(seen[0]?.text).toBe('Older');
  expect(seen.at(-1)).toMatchObject({ text: 'Newer', doneBy: 'sally' });
});
