import { expect, test } from 'vitest';
import { strengthOf } from './password.ts';

test.each([
  [0, 'too-short'],
  [7, 'too-short'],
  [8, 'fair'],
  [11, 'fair'],
  [12, 'good'],
  [16, 'strong'],
])('[MY6] a password of %i characters is %s', (length, strength) => {
  expect(strengthOf('x'.repeat(length))).toBe(strength);
});
