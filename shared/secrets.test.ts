import { expect, test } from 'vitest';
import { checkSecrets } from './secrets.ts';

const right = {
  AUTH_SECRET: 'a'.repeat(32),
  VISITOR_SECRET: 'b'.repeat(64),
  ROUTING_SECRET: 'c'.repeat(32),
};

test('[ST10] secrets of 32 characters or more are taken', () => {
  expect(() => checkSecrets(right)).not.toThrow();
});

test.each([
  ['AUTH_SECRET', undefined, 'The secret AUTH_SECRET is missing'],
  ['VISITOR_SECRET', '', 'The secret VISITOR_SECRET has only 0'],
  ['ROUTING_SECRET', 'tooshort-tooshort-tooshort-3031', 'The secret ROUTING_SECRET has only 31'],
])('[ST10] %s as %j is refused in a sentence', (name, secret, told) => {
  const check = () => checkSecrets({ ...right, [name]: secret });
  expect(check).toThrow(told);
  if (secret) expect(check).not.toThrow(secret);
});
