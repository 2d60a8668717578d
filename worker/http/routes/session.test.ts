// The rules of docs/spec/accounts.md about signing in and out.

import { env } from 'cloudflare:workers';
import { beforeAll, expect, test, vi } from 'vitest';
import {
  accounts,
  addAccount,
  codeOf,
  cookiesOf,
  request,
  signedIn,
  signedOut,
  signIn,
} from '../../testing/accounts.ts';

beforeAll(async () => {
  await addAccount('ada', { role: 'admin', departments: ['sales', 'support', 'closed-down'] });
  await addAccount('noor');
  await addAccount('lena');
  await addAccount('omar');
});

const me = (cookie: string) => request('/api/me', { headers: { cookie } });

test('[AC1] an agent who signed in is who /api/me says', async () => {
  const response = await signIn(' Ada@Parley.test ');
  expect(response.status).toBe(204);
  expect(await (await me(cookiesOf(response))).json()).toMatchObject({
    agentId: 'agent-ada',
    email: 'ada@parley.test',
    username: 'ada',
    role: 'admin',
  });
});

test('[AC2] a wrong password and an unknown e-mail are answered alike', async () => {
  const wrong = await signIn('noor@parley.test', 'wrong');
  const unknown = await signIn('nobody@parley.test', 'wrong');
  expect([wrong.status, await wrong.text()]).toEqual([unknown.status, await unknown.text()]);
  expect(wrong.status).toBe(401);
});

test('[AC3] five wrong passwords lock the e-mail, be it an account’s or not', async () => {
  for (const email of ['lena@parley.test', 'ghost@parley.test']) {
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await codeOf(await signIn(email, 'wrong'))).toBe('session.wrong');
    }
    const locked = await signIn(email);
    expect(locked.status).toBe(429);
    expect(await locked.json()).toMatchObject({
      refusal: { code: 'session.locked', details: { minutes: 15 } },
    });
  }
});

test('[AC4] a right password forgets the wrong ones before it', async () => {
  for (let round = 0; round < 2; round += 1) {
    for (let tries = 0; tries < 4; tries += 1) await signIn('omar@parley.test', 'wrong');
    expect((await signIn('omar@parley.test')).status).toBe(204);
  }
});

test.each([
  ['no JSON', 'application/json', '{', 400],
  ['no password', 'application/json', '{"email":"ada@parley.test"}', 400],
  ['no e-mail address', 'application/json', '{"email":"ada","password":"x"}', 400],
  ['a form’s text', 'text/plain', '{"email":"ada@parley.test","password":"x"}', 400],
  ['too much', 'application/json', `{"email":"${'a'.repeat(5000)}"}`, 413],
])('[AC6] a sign-in with %s is refused', async (_what, type, body, status) => {
  const headers = { 'content-type': type };
  const response = await request('/api/session', { method: 'POST', headers, body });
  expect(response.status).toBe(status);
});

test('[AC7] the session is an http-only cookie of this site, secure over https', async () => {
  const here = 'http://localhost';
  const plain = (await signIn('ada@parley.test', undefined, here)).headers.getSetCookie();
  const names = plain.map((cookie) => cookie.split('=')[0]);
  expect(names).toEqual(['parley.session_token', 'parley.session_data', 'parley.device']);
  for (const cookie of plain) expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);

  const secure = await signIn('ada@parley.test');
  for (const cookie of secure.headers.getSetCookie()) {
    expect(cookie).toMatch(/^__Host-parley\..*; Path=\/; .*Secure/);
    expect(cookie).not.toContain('Domain');
  }
  expect((await me(cookiesOf(secure))).status).toBe(200);
});

test('[AC8] there is no way to make an account over HTTP', () => {
  const paths = accounts.routes.map(({ path }) => path);
  expect(paths.filter((path) => /sign-?up|auth|\*/.test(path))).toEqual([]);
});

test('[AC9] signing out ends the session, also for a copy of the cookies', async () => {
  const cookie = await signedIn('ada');
  const response = await request('/api/session', { method: 'DELETE', headers: { cookie } });
  expect(response.status).toBe(204);
  expect(cookiesOf(response)).toMatch(/parley\.session_token=(;|$)/);
  expect(await codeOf(await me(cookie))).toBe('session.missing');
});

test('[AC9] signing out without a session is no mistake', async () => {
  expect((await request('/api/session', { method: 'DELETE' })).status).toBe(204);
});

test('[AC10] signing out everywhere ends all the agent’s sessions and sockets, and no one else’s', async () => {
  const [here, there, colleague] = [
    await signedIn('ada'),
    await signedIn('ada'),
    await signedIn('noor'),
  ];
  const response = await request('/api/sessions', { method: 'DELETE', headers: { cookie: here } });
  expect(response.status).toBe(204);
  expect(signedOut).toEqual(['agent-ada']);
  expect((await me(here)).status).toBe(401);
  expect((await me(there)).status).toBe(401);
  expect((await me(colleague)).status).toBe(200);
});

test('[AC11] without a session, or with a forged one, nobody is known', async () => {
  const forged = (await signedIn('ada')).replace(/session_token=\w{4}/, 'session_token=AAAA');
  for (const cookie of ['', 'parley.session_token=x', forged]) {
    expect(await codeOf(await me(cookie))).toBe('session.missing');
  }
});

test('[AC31] a damaged copy of the session is dropped, and is no news for the log', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const cookie = await signedIn('ada');
  for (const damaged of ['%', '!!!!', 'eyJ4Ijox', '"', btoa('{"session":null}')]) {
    const response = await me(cookie.replace(/session_data=[^;]*/, `session_data=${damaged}`));
    expect(response.status).toBe(200);
  }
  expect(log.mock.calls.flat().filter((told) => told instanceof Error)).toEqual([]);
  log.mockRestore();
});

test('[AC12] permissions are the role’s, departments those that the settings have', async () => {
  expect(await (await me(await signedIn('ada'))).json()).toMatchObject({
    permissions: ['conversation.take', 'conversation.view-all'],
    departments: ['sales', 'support'],
  });
});

test('[AC13] a changed role counts from the next request on', async () => {
  const cookie = await signedIn('noor');
  await env.DIRECTORY.prepare(`UPDATE "user" SET role = 'monitor' WHERE username = 'noor'`).run();
  expect(await (await me(cookie)).json()).toMatchObject({
    role: 'monitor',
    permissions: ['conversation.view-all'],
  });
});
