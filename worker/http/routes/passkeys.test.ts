// The rules of docs/spec/my-account.md about passkeys.

import { beforeEach, expect, test } from 'vitest';
import type { Security } from '#shared/account/api.ts';
import { Authenticator } from '../../testing/authenticator.ts';
import {
  addAccount,
  asked,
  codeOf,
  cookiesAfter,
  cookiesOf,
  request,
  signedIn,
} from '../../testing/accounts.ts';

let name: string;
let cookie: string;

beforeEach(async () => {
  name = `pk-${crypto.randomUUID().slice(0, 8)}`;
  await addAccount(name);
  cookie = await signedIn(name);
});

type Options = { challenge: string; userVerification?: string; allowCredentials?: unknown };

async function add(device: Authenticator): Promise<Response> {
  const options = await asked('POST', '/api/me/passkeys/options', { cookie });
  const from = cookiesAfter(cookie, options);
  const credential = await device.create(await options.json<Options>());
  return asked('POST', '/api/me/passkeys', { cookie: from, body: { name: 'Phone', credential } });
}

/** What the server asks a browser that wants to sign in, and the browser's cookies. */
async function challenge(): Promise<{ options: Options; from: string }> {
  const response = await asked('POST', '/api/session/passkey/options');
  return { options: await response.json<Options>(), from: cookiesAfter('', response) };
}

async function signInBy(device: Authenticator): Promise<Response> {
  const { options, from } = await challenge();
  const credential = await device.use(options);
  return asked('POST', '/api/session/passkey', { cookie: from, body: { credential } });
}

const passkeys = async () =>
  (await (await asked('GET', '/api/me/security', { cookie })).json<Security>()).passkeys;

test('[MY14] a passkey signs in, and nobody says whose it is before', async () => {
  const device = await Authenticator.make();
  expect((await add(device)).status).toBe(204);
  const { options } = await challenge();
  expect(options).toMatchObject({ userVerification: 'required' });
  expect(options.allowCredentials ?? []).toEqual([]);

  const response = await signInBy(device);
  expect(response.status).toBe(204);
  const me = await request('/api/me', { headers: { cookie: cookiesOf(response) } });
  expect(await me.json()).toMatchObject({ username: name });
});

test('[MY14] a device that does not make sure who uses it can neither be added nor sign in', async () => {
  expect(await codeOf(await add(await Authenticator.make(false)))).toBe('passkey.refused');
  expect(await passkeys()).toEqual([]);
});

test('[MY15] a passkey that is unknown, or answers to another challenge, signs nobody in', async () => {
  const device = await Authenticator.make();
  await add(device);
  expect(await codeOf(await signInBy(await Authenticator.make()))).toBe('passkey.refused');

  const { options, from } = await challenge();
  const credential = await device.use({ challenge: 'YW5vdGhlcg' });
  const body = { credential };
  expect(await codeOf(await asked('POST', '/api/session/passkey', { cookie: from, body }))).toBe(
    'passkey.refused',
  );
  // It has been tried, so it is used up.
  const right = { credential: await device.use(options) };
  const again = { cookie: from, body: right };
  expect(await codeOf(await asked('POST', '/api/session/passkey', again))).toBe('passkey.refused');
});

test('[MY25] the answer of a passkey signs in once, also of two uses at once', async () => {
  const device = await Authenticator.make();
  await add(device);
  const { options, from } = await challenge();
  const body = { credential: await device.use(options) };
  const use = () => asked('POST', '/api/session/passkey', { cookie: from, body });
  const answers = await Promise.all([use(), use()]);
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 401]);
  expect(await codeOf(await use())).toBe('passkey.refused');
});

test('[MY25] the answer that adds a passkey adds one', async () => {
  const options = await asked('POST', '/api/me/passkeys/options', { cookie });
  const from = cookiesAfter(cookie, options);
  const device = await Authenticator.make();
  const credential = await device.create(await options.json<Options>());
  const use = (called: string) =>
    asked('POST', '/api/me/passkeys', { cookie: from, body: { name: called, credential } });
  expect((await use('Phone')).status).toBe(204);
  expect(await codeOf(await use('Another'))).toBe('passkey.refused');
  expect(await passkeys()).toHaveLength(1);
});

test('[MY15] its owner renames and removes it, and nobody else', async () => {
  const device = await Authenticator.make();
  await add(device);
  const [passkey] = await passkeys();
  expect(passkey).toMatchObject({ name: 'Phone', isSynced: false });
  const path = `/api/me/passkeys/${passkey?.id}`;

  const other = `${name}x`;
  await addAccount(other);
  const theirs = await signedIn(other);
  const renamed = { body: { name: 'Mine' } };
  expect(await codeOf(await asked('PUT', path, { cookie: theirs, ...renamed }))).toBe(
    'passkey.unknown',
  );
  expect(await codeOf(await asked('DELETE', path, { cookie: theirs }))).toBe('passkey.unknown');

  expect((await asked('PUT', path, { cookie, body: { name: 'Work phone' } })).status).toBe(204);
  expect((await passkeys())[0]?.name).toBe('Work phone');
  expect((await asked('DELETE', path, { cookie })).status).toBe(204);
  expect(await codeOf(await signInBy(device))).toBe('passkey.refused');
});
