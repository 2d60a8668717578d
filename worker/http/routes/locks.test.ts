// The rules of docs/spec/accounts.md about passwords that are tried by others.

import { beforeAll, expect, test } from 'vitest';
import { addAccount, codeOf, cookiesOf, PASSWORD, request } from '../../testing/accounts.ts';

beforeAll(async () => {
  for (const name of ['noor', 'mara', 'lena', 'omar']) await addAccount(name);
});

interface From {
  address?: string;
  cookie?: string;
}

const signIn = (name: string, password: string, { address = '192.0.2.1', cookie = '' }: From) =>
  request('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'cf-connecting-ip': address, cookie },
    body: JSON.stringify({ email: `${name}@parley.test`, password }),
  });

async function lock(name: string, address: string): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) await signIn(name, 'wrong', { address });
  expect(await codeOf(await signIn(name, PASSWORD, { address }))).toBe('session.locked');
}

test('[AC3] the lock is for the address that the wrong passwords came from', async () => {
  await lock('noor', '192.0.2.1');
  expect((await signIn('noor', PASSWORD, { address: '192.0.2.2' })).status).toBe(204);
  // A network of IPv6 is one address.
  await lock('noor', '2001:db8:0:1::1');
  const neighbour = await signIn('noor', PASSWORD, { address: '2001:db8:0:1:ffff::2' });
  expect(await codeOf(neighbour)).toBe('session.locked');
});

test('[AC32] strangers lock out nobody who has signed in on their device before', async () => {
  const device = cookiesOf(await signIn('mara', PASSWORD, {}));
  for (let nth = 1; nth <= 6; nth += 1) await lock('mara', `198.51.100.${nth}`);
  const fresh = await signIn('mara', PASSWORD, { address: '203.0.113.1' });
  expect(await codeOf(fresh)).toBe('session.locked');
  for (const address of ['203.0.113.1', '198.51.100.1']) {
    expect((await signIn('mara', PASSWORD, { address, cookie: device })).status).toBe(204);
  }
});

test('[AC32] a device is known for the e-mails that have signed in on it, and only when its cookie is ours', async () => {
  const device = cookiesOf(await signIn('lena', PASSWORD, {}));
  await lock('omar', '192.0.2.7');
  const from = (cookie: string) => signIn('omar', PASSWORD, { address: '192.0.2.7', cookie });
  expect(await codeOf(await from(device))).toBe('session.locked');
  const forged = '__Host-parley.device=a~0123456789abcdef.AAAA';
  expect(await codeOf(await from(forged))).toBe('session.locked');
  const both = cookiesOf(await signIn('omar', PASSWORD, { cookie: device }));
  expect((await from(both)).status).toBe(204);
  expect((await signIn('lena', PASSWORD, { cookie: both })).status).toBe(204);
});

test('[AC33] two passwords are tried at a time, and what is refused does not count', async () => {
  const address = '192.0.2.8';
  for (let round = 0; round < 2; round += 1) {
    const tried = await Promise.all(
      Array.from({ length: 8 }, () => signIn('omar', 'wrong', { address })),
    );
    const codes = await Promise.all(tried.map(codeOf));
    expect(codes.filter((code) => code === 'rate.limited')).toHaveLength(6);
    expect(codes.filter((code) => code === 'session.wrong')).toHaveLength(2);
    expect(tried.find(({ status }) => status === 429)?.headers.get('retry-after')).toBe('1');
  }
  expect((await signIn('omar', PASSWORD, { address })).status).toBe(204);
});
