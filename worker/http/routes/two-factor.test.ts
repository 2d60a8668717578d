// The rules of docs/spec/my-account.md about the second factor.

import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { codeFor } from '../../../tests/support/totp.ts';
import {
  addAccount,
  asked,
  codeOf,
  cookiesAfter,
  cookiesOf,
  PASSWORD,
  request,
  requestUnder,
  signedIn,
  signIn,
} from '../../testing/accounts.ts';

let name: string;
let cookie: string;

beforeEach(async () => {
  name = `two-${crypto.randomUUID().slice(0, 8)}`;
  await addAccount(name, { role: 'manager' });
  cookie = await signedIn(name);
});

afterEach(() => vi.useRealTimers());

const email = () => `${name}@parley.test`;
const WRONG = '000000';

/** The app's next one: the one that shows was used to turn it on. */
const nextCode = (uri: string) => codeFor(uri, Date.now() + 30_000);

/** Turns it on. */
async function turnOn(): Promise<{ uri: string; code: string; recoveryCodes: string[] }> {
  const begun = await asked('POST', '/api/me/two-factor', { cookie });
  expect(begun.status).toBe(200);
  const { uri } = await begun.json<{ uri: string }>();
  const code = await codeFor(uri, Date.now());
  const done = await asked('POST', '/api/me/two-factor/confirmation', { cookie, body: { code } });
  expect(done.status).toBe(200);
  cookie = cookiesAfter(cookie, done);
  return { uri, code, ...(await done.json<{ recoveryCodes: string[] }>()) };
}

/** The right password: the cookies of who has still to give a code. */
async function pending(): Promise<string> {
  const response = await signIn(email());
  expect([response.status, await response.json()]).toEqual([200, { next: 'second-factor' }]);
  return cookiesAfter('', response);
}

const give = (code: string, from: string, isRecovery = false) =>
  asked('POST', '/api/session/second-factor', { cookie: from, body: { code, isRecovery } });

const statusWith = async (cookies: string) =>
  (await request('/api/me', { headers: { cookie: cookies } })).status;

const sessions = () =>
  env.DIRECTORY.prepare('SELECT count(*) AS n FROM session WHERE "userId" = ?')
    .bind(`agent-${name}`)
    .first<number>('n');

test('[MY8] it is on only after a code of it was right', async () => {
  const begun = await asked('POST', '/api/me/two-factor', { cookie });
  const { uri } = await begun.json<{ uri: string }>();
  expect(uri).toContain(`otpauth://totp/Test:${encodeURIComponent(email())}`);
  const wrong = { cookie, body: { code: WRONG } };
  const refused = await asked('POST', '/api/me/two-factor/confirmation', wrong);
  expect(await codeOf(refused)).toBe('second-factor.wrong');
  expect((await signIn(email())).status).toBe(204);

  const { recoveryCodes } = await turnOn();
  expect(recoveryCodes).toHaveLength(10);
  const security = await asked('GET', '/api/me/security', { cookie });
  expect(await security.json()).toMatchObject({
    twoFactor: { isOn: true, isRequired: false, recoveryCodes: 10 },
  });
  expect(await codeOf(await asked('POST', '/api/me/two-factor', { cookie }))).toBe(
    'second-factor.on',
  );
});

test('[MY9] the right password alone gives no session, and the code does', async () => {
  const { uri } = await turnOn();
  const before = await sessions();
  const half = await pending();
  expect(await sessions()).toBe(before);
  expect(await statusWith(half)).toBe(401);
  const wrong = await give(WRONG, half);
  expect([wrong.status, await codeOf(wrong)]).toEqual([401, 'second-factor.wrong']);
  expect(await statusWith(half)).toBe(401);
  const right = await give(` ${await nextCode(uri)} `, half);
  expect(right.status).toBe(204);
  expect(await statusWith(cookiesOf(right))).toBe(200);
  expect(await codeOf(await give(await codeFor(uri, Date.now()), half))).toBe(
    'second-factor.expired',
  );
});

test('[MY9] a code without a password before it is nothing, for an agent who is signed in as well', async () => {
  const { uri } = await turnOn();
  for (const from of ['', cookie, '__Host-parley.two_factor=2fa-x.AAAA']) {
    const response = await give(await codeFor(uri, Date.now()), from);
    expect(await codeOf(response)).toBe('second-factor.expired');
  }
});

test('[MY25] a code of the app is good once, whatever it is given for', async () => {
  const { uri, code } = await turnOn();
  expect(await codeOf(await give(code, await pending()))).toBe('second-factor.used');
  const next = await nextCode(uri);
  expect((await give(next, await pending())).status).toBe(204);
  expect(await codeOf(await give(next, await pending()))).toBe('second-factor.used');
  const confirm = await asked('POST', '/api/session/confirmation', {
    cookie,
    body: { code: next },
  });
  expect(await codeOf(confirm)).toBe('second-factor.used');
});

test('[MY25] a wrong code is not used up by being tried', async () => {
  const { uri } = await turnOn();
  const code = await codeFor(uri, Date.now() + 10 * 60_000);
  expect(await codeOf(await give(code, await pending()))).toBe('second-factor.wrong');
  vi.setSystemTime(Date.now() + 10 * 60_000);
  expect((await give(code, await pending())).status).toBe(204);
});

test('[MY25] of two uses of a code at once, one is refused', async () => {
  const { uri } = await turnOn();
  const [one, other] = [await pending(), await pending()];
  const code = await nextCode(uri);
  const answers = await Promise.all([give(code, one), give(code, other)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 401]);
});

test('[MY25] of two uses of a recovery code at once, one is refused', async () => {
  const { recoveryCodes } = await turnOn();
  const [one, other] = [await pending(), await pending()];
  const [code = ''] = recoveryCodes;
  const answers = await Promise.all([give(code, one, true), give(code, other, true)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 401]);
});

test('[MY25] a sign-in that waits for a code begins one session, also by two codes at once', async () => {
  const { recoveryCodes } = await turnOn();
  const before = (await sessions()) ?? 0;
  const half = await pending();
  const [first = '', second = ''] = recoveryCodes;
  const answers = await Promise.all([give(first, half, true), give(second, half, true)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 401]);
  expect(await sessions()).toBe(before + 1);
});

test('[MY10] a recovery code works once, and new ones take the place of all', async () => {
  const { recoveryCodes } = await turnOn();
  const [first = '', second = ''] = recoveryCodes;
  expect((await give(first, await pending(), true)).status).toBe(204);
  expect(await codeOf(await give(first, await pending(), true))).toBe('second-factor.wrong');
  const security = await asked('GET', '/api/me/security', { cookie });
  expect(await security.json()).toMatchObject({ twoFactor: { recoveryCodes: 9 } });

  const made = await asked('POST', '/api/me/recovery-codes', { cookie });
  const { recoveryCodes: others } = await made.json<{ recoveryCodes: string[] }>();
  expect(await codeOf(await give(second, await pending(), true))).toBe('second-factor.wrong');
  expect((await give(others[0] ?? '', await pending(), true)).status).toBe(204);
});

test('[MY11] five wrong codes lock them, however often the password is given again', async () => {
  const { uri } = await turnOn();
  for (let tries = 0; tries < 5; tries += 1) {
    expect(await codeOf(await give(WRONG, await pending()))).toBe('second-factor.wrong');
  }
  const locked = await give(await nextCode(uri), await pending());
  expect([locked.status, await codeOf(locked)]).toEqual([429, 'second-factor.locked']);
});

test('[MY11] codes that confirm are counted as well', async () => {
  await turnOn();
  const confirm = () =>
    asked('POST', '/api/session/confirmation', { cookie, body: { code: WRONG } });
  for (let tries = 0; tries < 5; tries += 1) {
    expect(await codeOf(await confirm())).toBe('second-factor.wrong');
  }
  expect(await codeOf(await confirm())).toBe('second-factor.locked');
});

test('[MY12] who must have it and has none can do nothing but set it up', async () => {
  const under = requestUnder({ security: { two_factor_for: ['manager'] } });
  const ask = (path: string, method = 'GET') => under(path, { method, headers: { cookie } });
  for (const path of ['/api/colleagues', '/api/offline-messages', '/api/workspace']) {
    expect(await codeOf(await ask(path))).toBe('second-factor.missing');
  }
  expect((await ask('/api/me')).status).toBe(200);
  const security = await ask('/api/me/security');
  expect(await security.json()).toMatchObject({ twoFactor: { isOn: false, isRequired: true } });

  await turnOn();
  expect((await ask('/api/colleagues')).status).toBe(200);
  const off = await ask('/api/me/two-factor', 'DELETE');
  expect(await codeOf(off)).toBe('second-factor.required');
});

test('[MY8] turned off, the password is enough again', async () => {
  await turnOn();
  const off = await asked('DELETE', '/api/me/two-factor', { cookie });
  expect(off.status).toBe(204);
  cookie = cookiesAfter(cookie, off);
  expect(await statusWith(cookie)).toBe(200);
  expect((await signIn(email(), PASSWORD)).status).toBe(204);
  expect(await codeOf(await asked('DELETE', '/api/me/two-factor', { cookie }))).toBe(
    'second-factor.off',
  );
});
