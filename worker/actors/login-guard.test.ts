// The rules of docs/spec/accounts.md that the guard keeps.

import { env } from 'cloudflare:workers';
import { afterEach, expect, test, vi } from 'vitest';
import { attemptSignIn, clearSignIns, withdrawSignIn } from './login-guard.ts';

const attempt = (email: string) => attemptSignIn(env.LOGIN_GUARD, email);
const MINUTES = 60_000;

afterEach(() => {
  vi.useRealTimers();
});

test('[AC3] the sixth try after five wrong ones is locked out for 15 minutes', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  for (let tries = 0; tries < 5; tries += 1) expect(await attempt('a@parley.test')).toBeNull();
  expect(await attempt('a@parley.test')).toBe(15 * MINUTES);

  vi.setSystemTime(Date.now() + 14 * MINUTES);
  expect(await attempt('a@parley.test')).toBe(1 * MINUTES);
});

test('[AC3] after the lock there are five tries again', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  for (let tries = 0; tries < 6; tries += 1) await attempt('b@parley.test');
  vi.setSystemTime(Date.now() + 15 * MINUTES + 1);
  for (let tries = 0; tries < 5; tries += 1) expect(await attempt('b@parley.test')).toBeNull();
  expect(await attempt('b@parley.test')).not.toBeNull();
});

test('[AC3] one e-mail in any case is one account, another is another', async () => {
  for (let tries = 0; tries < 5; tries += 1) await attempt('C@Parley.test');
  expect(await attempt('c@parley.test')).not.toBeNull();
  expect(await attempt('d@parley.test')).toBeNull();
});

test('[AC4] a right password forgets the wrong ones', async () => {
  for (let tries = 0; tries < 4; tries += 1) await attempt('e@parley.test');
  await clearSignIns(env.LOGIN_GUARD, 'e@parley.test');
  for (let tries = 0; tries < 5; tries += 1) expect(await attempt('e@parley.test')).toBeNull();
});

test('[AC5] of many tries at once only five get through', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => attempt('f@parley.test')));
  expect(answers.filter((answer) => answer === null)).toHaveLength(5);
});

test('[AC3] a try that could not be made does not count', async () => {
  for (let tries = 0; tries < 5; tries += 1) await attempt('g@parley.test');
  await withdrawSignIn(env.LOGIN_GUARD, 'g@parley.test');
  expect(await attempt('g@parley.test')).toBeNull();
});
