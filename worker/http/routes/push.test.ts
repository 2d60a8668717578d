// An agent's devices, through the whole Worker.

import { env, exports } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import type { Push } from '#shared/alerts/push.ts';
import { publicKeyOf } from '../../io/push/vapid.ts';
import { addAccount, codeOf, signedIn } from '../../testing/accounts.ts';
import { aSubscription, usePushService } from '../../testing/push.ts';

const service = usePushService();
const cookies: Record<string, string> = {};

beforeAll(async () => {
  for (const name of ['sally', 'sue']) {
    await addAccount(name);
    cookies[name] = await signedIn(name);
  }
});

const ask = (name: string, method: string, path: string, body?: object, language = 'en') =>
  exports.default.fetch(
    new Request(`https://parley.test/api/push${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'accept-language': language,
        cookie: cookies[name] ?? '',
      },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );

const add = (name: string, subscription: object, language?: string) =>
  ask(name, 'PUT', '/subscription', subscription, language);
const pushOf = async (name: string): Promise<Push> => (await ask(name, 'GET', '')).json();
const devicesOf = async (name: string) => (await pushOf(name)).devices;

test('[AL9] a device is added once, tried, and removed by its agent alone', async () => {
  const subscription = await service().subscribe('Firefox on Linux');
  for (let twice = 0; twice < 2; twice++) {
    expect((await add('sally', subscription, 'de-AT')).status).toBe(204);
  }
  const [device, ...others] = await devicesOf('sally');
  expect(others).toEqual([]);
  expect(device).toMatchObject({ name: 'Firefox on Linux', endpoint: subscription.endpoint });
  const path = `/devices/${device?.id}`;

  expect(await (await ask('sally', 'POST', `${path}/test`)).json()).toEqual({ outcome: 'sent' });
  expect(service().shownOn(subscription)).toMatchObject([{ title: 'Benachrichtigungen sind an' }]);
  expect(await codeOf(await ask('sue', 'POST', `${path}/test`))).toBe('push.unknown-device');
  expect(await codeOf(await ask('sue', 'DELETE', path))).toBe('push.unknown-device');
  expect((await ask('sally', 'DELETE', path)).status).toBe(204);
  expect(await devicesOf('sally')).toEqual([]);
});

test('[AL9] a browser in which a colleague signs in is theirs from then on', async () => {
  const subscription = await service().subscribe();
  await add('sally', subscription);
  await add('sue', subscription);
  expect(await devicesOf('sally')).toEqual([]);
  expect(await devicesOf('sue')).toHaveLength(1);
});

test('[AL9] a device ends with the session that added it', async () => {
  await addAccount('tess');
  cookies['tess'] = await signedIn('tess');
  await add('tess', await service().subscribe());
  const request = new Request('https://parley.test/api/session', {
    method: 'DELETE',
    headers: { cookie: cookies['tess'] },
  });
  await exports.default.fetch(request);
  cookies['tess'] = await signedIn('tess');
  expect(await devicesOf('tess')).toEqual([]);
});

test('[AL9] an agent has ten devices at most, and the oldest makes way', async () => {
  await addAccount('dora');
  cookies['dora'] = await signedIn('dora');
  for (let index = 0; index < 11; index++) {
    await add('dora', { ...aSubscription(), name: `Device ${index}` });
  }
  const names = (await devicesOf('dora')).map(({ name }) => name);
  expect(names).toHaveLength(10);
  expect(names).not.toContain('Device 0');
});

test('[AL11] a device that has gone is told so, and forgotten', async () => {
  const subscription = await service().subscribe();
  await add('sally', subscription);
  service().statuses.push(410);
  const id = (await devicesOf('sally')).find(
    ({ endpoint }) => endpoint === subscription.endpoint,
  )?.id;
  const tried = await ask('sally', 'POST', `/devices/${id}/test`);
  expect(await tried.json()).toEqual({ outcome: 'gone' });
  expect((await devicesOf('sally')).map((one) => one.id)).not.toContain(id);
});

test.each([
  [{ endpoint: 'https://intranet.example/admin' }, 'push.unknown-service'],
  [{ endpoint: 'http://fcm.googleapis.com/fcm/send/1' }, 'push.unknown-service'],
  [{ endpoint: 'nowhere' }, 'body.malformed'],
  [{ keys: { p256dh: 'short', auth: 'A'.repeat(22) } }, 'body.malformed'],
  [{ name: 'x'.repeat(101) }, 'body.malformed'],
  [{ more: true }, 'body.malformed'],
])('[AL12] %j is refused', async (wrong, code) => {
  expect(await codeOf(await add('sally', { ...aSubscription(), ...wrong }))).toBe(code);
});

test('[AL10] browsers subscribe by the key that signs what is sent to them', async () => {
  expect((await pushOf('sally')).publicKey).toBe(await publicKeyOf(env.PUSH_SECRET));
});
