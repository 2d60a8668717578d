import { expect, test } from 'vitest';
import { charactersLeft } from './limit.ts';

test.each([
  [79, null],
  [80, 20],
  [100, 0],
  [103, -3],
])('[WS12] of 100 characters, %i leave %s', (length, left) => {
  expect(charactersLeft('x'.repeat(length), 100)).toBe(left);
});
