// The rules of docs/spec/my-account.md about an agent's name, choices, password and sessions.

import { env } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import type { Sessions } from '#shared/account/api.ts';
import { NO_PREFERENCES } from '#shared/account/preferences.ts';
import { findPreferences, findShortcuts } from '../../io/account-preferences.ts';
import { noteSeen } from '../../io/sessions.ts';
import {
  addAccount,
  asked,
  codeOf,
  cookiesAfter,
  PASSWORD,
  renewed,
  request,
  signIn,
} from '../../testing/accounts.ts';
import type { AgentId } from '#shared/ids.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';
let name: string;
let cookie: string;
const agentId = () => `agent-${name}` as AgentId; // As `addAccount` makes it.
const email = () => `${name}@parley.test`;

/** Signed in in another browser. */
async function browser(userAgent = FIREFOX): Promise<string> {
  const response = await request('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': userAgent },
    body: JSON.stringify({ email: email(), password: PASSWORD }),
  });
  return cookiesAfter('', response);
}

beforeEach(async () => {
  name = `acc-${crypto.randomUUID().slice(0, 8)}`;
  await addAccount(name);
  cookie = await browser();
  renewed.length = 0;
});

const statusWith = async (cookies: string) =>
  (await asked('GET', '/api/me', { cookie: cookies })).status;

/** It was longer ago that they showed who they are. */
const grow = (minutes: number) =>
  env.DIRECTORY.prepare('UPDATE session SET confirmed_at = ? WHERE "userId" = ?')
    .bind(Date.now() - minutes * 60_000, agentId())
    .run();

test('[MY1] a new name counts at once, and comes with the sockets', async () => {
  const body = { name: '  Noor   van Dam ' };
  expect((await asked('PUT', '/api/me/name', { cookie, body })).status).toBe(204);
  expect(await (await asked('GET', '/api/me', { cookie })).json()).toMatchObject({
    name: 'Noor van Dam',
    username: name,
  });
  expect(renewed).toEqual(['Noor van Dam']);
});

test.each(['', ' \u200b ', 'x'.repeat(61)])('[MY1] “%s” is no name', async (wrong) => {
  const response = await asked('PUT', '/api/me/name', { cookie, body: { name: wrong } });
  expect(await codeOf(response)).toBe('body.malformed');
});

test('[MY3] choices are kept for the account', async () => {
  expect(await findPreferences(env.DIRECTORY, agentId())).toEqual(NO_PREFERENCES);
  const body = {
    ...{ language: 'de', theme: 'dark', density: 'compact', timeZone: 'Asia/Kolkata' },
    ...{ transcriptPdf: true, transcriptEmail: false },
  };
  expect((await asked('PUT', '/api/me/preferences', { cookie, body })).status).toBe(204);
  expect(await findPreferences(env.DIRECTORY, agentId())).toEqual(body);
});

test.each([
  { theme: 'pink' },
  { density: 'tiny' },
  { timeZone: 'Mars/Olympus' },
  { language: '../x' },
  { more: 1 },
])('[MY3] %o is no choice', async (wrong) => {
  const body = { ...NO_PREFERENCES, ...wrong };
  const response = await asked('PUT', '/api/me/preferences', { cookie, body });
  expect(await codeOf(response)).toBe('body.malformed');
});

test('[WS71] chosen shortcuts are kept for the account, apart from its other choices', async () => {
  const set = (body: object) => asked('PUT', '/api/me/shortcuts', { cookie, body });
  expect(await findShortcuts(env.DIRECTORY, agentId())).toEqual({});
  expect((await set({ end: ['mod+.'] })).status).toBe(204);
  const preferences = { ...NO_PREFERENCES, theme: 'dark' };
  await asked('PUT', '/api/me/preferences', { cookie, body: preferences });
  expect(await findShortcuts(env.DIRECTORY, agentId())).toEqual({ end: ['mod+.'] });
  expect((await set({ hold: ['y'] })).status).toBe(204);
  expect(await findShortcuts(env.DIRECTORY, agentId())).toEqual({ hold: ['y'] });
  expect(await findPreferences(env.DIRECTORY, agentId())).toEqual(preferences);
  expect(await codeOf(await set({ hold: ['mod+w'] }))).toBe('body.malformed');
});

const change = (current: string, next: string, endOthers = false) =>
  asked('PUT', '/api/me/password', { cookie, body: { current, next, endOthers } });

test('[MY5] a password is changed with the current one, and other sessions end if that is wanted', async () => {
  const other = await browser();
  expect(await codeOf(await change('not this one', 'a new password'))).toBe('password.wrong');
  expect((await change(PASSWORD, 'a new password')).status).toBe(204);
  expect([await statusWith(cookie), await statusWith(other)]).toEqual([200, 200]);
  expect((await signIn(email())).status).toBe(401);
  expect((await signIn(email(), 'a new password')).status).toBe(204);

  expect((await change('a new password', 'a newer password', true)).status).toBe(204);
  expect([await statusWith(cookie), await statusWith(other)]).toEqual([200, 401]);
  expect(renewed).toEqual([name]);
});

test('[MY5] wrong current passwords are counted like those of a sign-in', async () => {
  for (let tries = 0; tries < 5; tries += 1) await change('wrong', 'a new password');
  expect(await codeOf(await change(PASSWORD, 'a new password'))).toBe('session.locked');
});

test.each(['seven77', 'x'.repeat(201)])('[MY6] “%s” can’t be a new password', async (wrong) => {
  expect(await codeOf(await change(PASSWORD, wrong))).toBe('body.malformed');
});

const own = async () =>
  (await (await asked('GET', '/api/sessions', { cookie })).json<Sessions>()).sessions;

test('[MY16] sessions are told apart by browser and system, this one and when each was seen', async () => {
  const chrome = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36';
  await browser(chrome);
  const sessions = await own();
  expect(sessions.map(({ device, isThis }) => [device.browser, device.system, isThis])).toEqual(
    expect.arrayContaining([
      ['Firefox 153', 'Linux', true],
      ['Chrome 150', 'Windows', false],
    ]),
  );
  const token = await env.DIRECTORY.prepare('SELECT token FROM session WHERE id = ?')
    .bind(sessions[0]?.id)
    .first<string>('token');
  const seen = sessions[0]?.lastSeenAt ?? 0;
  for (const later of [60_000, 11 * 60_000])
    await noteSeen(env.DIRECTORY, token ?? '', seen + later);
  expect((await own())[0]?.lastSeenAt).toBe(seen + 11 * 60_000);
});

test('[MY17] one session ends at once, and so do all others, and nobody else’s', async () => {
  const [phone, home] = [await browser('Phone'), await browser('Home')];
  const found = await own();
  const ofPhone = found.find(({ isThis, device }) => !isThis && device.browser === null);
  expect((await asked('DELETE', `/api/sessions/${ofPhone?.id}`, { cookie })).status).toBe(204);
  const stand = [await statusWith(phone), await statusWith(home)].toSorted();
  expect(stand).toEqual([200, 401]);
  expect(renewed).toEqual([name]);

  const other = `${name}x`;
  await addAccount(other);
  const theirs = cookiesAfter('', await signIn(`${other}@parley.test`));
  const mine = (await own()).find(({ isThis }) => isThis)?.id;
  const taken = await asked('DELETE', `/api/sessions/${mine}`, { cookie: theirs });
  expect(await codeOf(taken)).toBe('session.unknown');

  expect((await asked('DELETE', '/api/sessions/others', { cookie })).status).toBe(204);
  expect(await own()).toHaveLength(1);
  expect([await statusWith(cookie), await statusWith(theirs)]).toEqual([200, 200]);
});

const PROTECTED = [
  ['POST', '/api/me/two-factor'],
  ['POST', '/api/me/two-factor/confirmation'],
  ['DELETE', '/api/me/two-factor'],
  ['POST', '/api/me/recovery-codes'],
  ['POST', '/api/me/passkeys/options'],
  ['POST', '/api/me/passkeys'],
  ['PUT', '/api/me/passkeys/x'],
  ['DELETE', '/api/me/passkeys/x'],
] as const;

test.each(PROTECTED)(
  '[MY18] %s %s asks who it is, ten minutes after one showed it',
  async (method, path) => {
    await grow(11);
    expect(await codeOf(await asked(method, path, { cookie, body: {} }))).toBe(
      'session.unconfirmed',
    );
  },
);

test('[MY18] the password shows it again, a wrong one does not, and is counted', async () => {
  await grow(11);
  const confirm = (password: string) =>
    asked('POST', '/api/session/confirmation', { cookie, body: { password } });
  expect(await codeOf(await confirm('wrong'))).toBe('password.wrong');
  expect(await codeOf(await asked('POST', '/api/me/passkeys/options', { cookie }))).toBe(
    'session.unconfirmed',
  );
  expect((await confirm(PASSWORD)).status).toBe(204);
  expect((await asked('POST', '/api/me/passkeys/options', { cookie })).status).toBe(200);
  const code = await asked('POST', '/api/session/confirmation', { cookie, body: { code: '1' } });
  expect(await codeOf(code)).toBe('second-factor.off');
  for (let tries = 0; tries < 5; tries += 1) await confirm('wrong');
  expect(await codeOf(await confirm(PASSWORD))).toBe('session.locked');
});
