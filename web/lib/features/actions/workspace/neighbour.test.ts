import { expect, test } from 'vitest';
import { neighbour } from './neighbour.ts';

const list = ['a', 'b', 'c'];

test.each([
  ['a', 1, 'b'],
  ['c', 1, 'c'],
  ['a', -1, 'a'],
  [null, 1, 'a'],
  [null, -1, 'c'],
  ['gone', 1, 'a'],
] as const)('[WS17] from %s by %i to %s', (current, step, to) => {
  expect(neighbour<string>(list, current, step)).toBe(to);
});

test('[WS17] an empty list leads nowhere', () => {
  expect(neighbour([], null, 1)).toBeNull();
});
