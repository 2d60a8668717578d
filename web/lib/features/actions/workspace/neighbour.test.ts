import { expect, test } from 'vitest';
import { neighbour, nextOf } from './neighbour.ts';

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

test.each([
  [null, 'b'],
  ['a', 'b'],
  ['b', 'd'],
  ['d', 'b'],
] as const)('[WS48] after %s the next that is wanted is %s, round the list', (current, to) => {
  const wanted = (one: string) => one === 'b' || one === 'd';
  expect(nextOf<string>(['a', 'b', 'c', 'd'], current, wanted)).toBe(to);
});

test('[WS48] the one that is open is not the next', () => {
  expect(nextOf(['a', 'b'], 'a', (one) => one === 'a')).toBeNull();
});
