import { expect, test } from 'vitest';
import { checkSecrets, checkTurnstileSecret, visitorSecrets } from './secrets.ts';
import { settingsWith } from './testing/settings.ts';

const right = {
  AUTH_SECRET: 'a'.repeat(32),
  VISITOR_SECRET: 'b'.repeat(64),
  ROUTING_SECRET: 'c'.repeat(32),
  PUSH_SECRET: 'd'.repeat(32),
};

test('[ST10] secrets of 32 characters or more are taken', () => {
  expect(() => checkSecrets(right)).not.toThrow();
  expect(() => checkSecrets({ ...right, VISITOR_SECRET_2: 'd'.repeat(32) })).not.toThrow();
});

test.each([
  ['AUTH_SECRET', undefined, 'The secret AUTH_SECRET is missing'],
  ['VISITOR_SECRET', '', 'The secret VISITOR_SECRET has only 0'],
  ['ROUTING_SECRET', 'tooshort-tooshort-tooshort-3031', 'The secret ROUTING_SECRET has only 31'],
  ['VISITOR_SECRET_2', 'guessable', 'The secret VISITOR_SECRET_2 has only 9'],
])('[ST10] %s as %j is refused in a sentence', (name, secret, told) => {
  const check = () => checkSecrets({ ...right, [name]: secret });
  expect(check).toThrow(told);
  if (secret) expect(check).not.toThrow(secret);
});

test.each(['VISITOR_SECRET_1', 'VISITOR_SECRET_02', 'VISITOR_SECRET_NEW', 'VISITOR_SECRET_'])(
  '[ST10] %s is no secret’s name',
  (name) => {
    const check = () => checkSecrets({ ...right, [name]: 'd'.repeat(64) });
    expect(check).toThrow(`There is no secret ${name}`);
  },
);

test('[AP11] the visitors’ secrets are known by their numbers, the one that signs last', () => {
  const [first, second, tenth] = [right.VISITOR_SECRET, 'd'.repeat(32), 'e'.repeat(32)];
  const found = { VISITOR_SECRET_10: tenth, ...right, VISITOR_SECRET_2: second };
  expect([...visitorSecrets(found)]).toEqual([
    [1, first],
    [2, second],
    [10, tenth],
  ]);
});

test.each(['always', 'when-busy'] as const)(
  '[HC7] %s without the secret key is refused in a sentence',
  (mode) => {
    const asking = settingsWith({ turnstile: { mode, site_key: '0x4AAA' } });
    const problem = `TURNSTILE_SECRET_KEY is missing, and settings.turnstile.mode is "${mode}"`;
    expect(() => checkTurnstileSecret(asking, undefined)).toThrow(problem);
    expect(() => checkTurnstileSecret(asking, '')).toThrow(problem);
    expect(() => checkTurnstileSecret(asking, '0x4AAASecret')).not.toThrow();
    expect(() => checkTurnstileSecret(settingsWith(), undefined)).not.toThrow();
  },
);
