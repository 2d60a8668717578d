import { expect, test } from 'vitest';
import { AtOnce } from './at-once.ts';

test('[AC33] as many as may begin, and the next one when one of them has ended', () => {
  const two = new AtOnce(2, () => 0);
  const end = two.begin();
  expect(two.begin()).not.toBeNull();
  expect(two.begin()).toBeNull();
  end?.();
  expect(two.begin()).not.toBeNull();
});

test('[AC33] those that never come to an end keep others out for ten seconds', () => {
  let now = 0;
  const two = new AtOnce(2, () => now);
  two.begin();
  now = 1_000;
  two.begin();
  now = 9_999;
  expect(two.begin()).toBeNull();
  now = 10_000;
  expect(two.begin()).not.toBeNull();
  expect(two.begin()).toBeNull();
});

test('[AC33] an end that is called late takes nobody else’s turn', () => {
  let now = 0;
  const one = new AtOnce(1, () => now);
  const late = one.begin();
  now = 10_000;
  one.begin();
  late?.();
  expect(one.begin()).toBeNull();
});
