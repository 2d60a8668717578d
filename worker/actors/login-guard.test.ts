// The rules of docs/spec/accounts.md that the guard keeps.

import { listDurableObjectIds, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, expect, test, vi } from 'vitest';
import { attemptSignIn, clearSignIns, withdrawSignIn, type SignIn } from './login-guard.ts';

const GUARDS = env.LOGIN_GUARD;
const from = (email: string, more: Partial<SignIn> = {}): SignIn => ({
  email: `${email}@parley.test`,
  address: '192.0.2.1',
  device: null,
  ...more,
});
const attempt = (email: string, more?: Partial<SignIn>) => attemptSignIn(GUARDS, from(email, more));
const MINUTES = 60_000;

afterEach(() => {
  vi.useRealTimers();
});

async function tries(count: number, email: string, more?: Partial<SignIn>): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) expect(await attempt(email, more)).toBeNull();
}

test('[AC3] the sixth try after five wrong ones is locked out for 15 minutes', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  await tries(5, 'a');
  expect(await attempt('a')).toBe(15 * MINUTES);

  vi.setSystemTime(Date.now() + 14 * MINUTES);
  expect(await attempt('a')).toBe(1 * MINUTES);
});

test('[AC3] after the lock there are five tries again', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  await tries(5, 'b');
  await attempt('b');
  vi.setSystemTime(Date.now() + 15 * MINUTES + 1);
  await tries(5, 'b');
  expect(await attempt('b')).not.toBeNull();
});

test('[AC3] wrong ones count for 15 minutes', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  await tries(4, 'c');
  vi.setSystemTime(Date.now() + 15 * MINUTES);
  await tries(5, 'c');
});

test('[AC3] another e-mail and another address are not locked', async () => {
  await tries(5, 'd');
  expect(await attempt('d')).not.toBeNull();
  expect(await attempt('e')).toBeNull();
  expect(await attempt('d', { address: '192.0.2.2' })).toBeNull();
});

test('[AC4] a right password forgets the wrong ones', async () => {
  await tries(4, 'f');
  await clearSignIns(GUARDS, from('f'));
  await tries(5, 'f');
});

test('[AC5] of many tries at once only five get through', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => attempt('g')));
  expect(answers.filter((answer) => answer === null)).toHaveLength(5);
});

test('[AC3] a try that could not be made does not count', async () => {
  await tries(5, 'h');
  await withdrawSignIn(GUARDS, from('h'));
  expect(await attempt('h')).toBeNull();
});

test('[AC32] thirty from many addresses lock strangers out, and no known device', async () => {
  for (let nth = 0; nth < 6; nth += 1) await tries(5, 'i', { address: `192.0.2.${nth}` });
  // Where it is locked already, a try takes nothing of what all have together.
  expect(await attempt('i', { address: '192.0.2.1' })).not.toBeNull();
  expect(await attempt('i', { address: '203.0.113.9' })).not.toBeNull();
  await tries(5, 'i', { address: '203.0.113.9', device: 'a laptop' });
  expect(await attempt('i', { device: 'a laptop' })).not.toBeNull();
  expect(await attempt('i', { device: 'a phone' })).toBeNull();
});

test('[AC32] a right password of a stranger counts as none of the thirty', async () => {
  for (let nth = 0; nth < 40; nth += 1) {
    await tries(1, 'j');
    await clearSignIns(GUARDS, from('j'));
  }
});

test('[AC34] nothing is left of an attempt that no longer counts', async () => {
  await tries(5, 'k');
  for (const id of await listDurableObjectIds(GUARDS)) {
    const guard = GUARDS.get(id);
    await runDurableObjectAlarm(guard);
    const left = await runInDurableObject(guard, (_guard, { storage }) => storage.list());
    expect([...left]).toEqual([]);
  }
  await tries(5, 'k');
});
