import { expect, test } from 'vitest';
import { Budget } from './budget.ts';

const HOUR = 3_600_000;

test('so much may be done at once, and no more', () => {
  const budget = new Budget({ atOnce: 3, everyMs: 5_000 });
  expect([1, 2, 3, 4].map(() => budget.spend(HOUR))).toEqual([true, true, true, false]);
});

test('then it goes on at the pace', () => {
  const budget = new Budget({ atOnce: 2, everyMs: 5_000 });
  budget.spend(HOUR);
  budget.spend(HOUR);
  expect(budget.spend(HOUR + 4_999)).toBe(false);
  expect(budget.spend(HOUR + 5_000)).toBe(true);
  expect(budget.spend(HOUR + 5_001)).toBe(false);
});

test('what was not spent does not grow beyond what may be done at once', () => {
  const budget = new Budget({ atOnce: 2, everyMs: 1 });
  budget.spend(HOUR);
  expect([1, 2, 3].map(() => budget.spend(2 * HOUR))).toEqual([true, true, false]);
});

test('a clock that goes back gives nothing, and takes nothing', () => {
  const budget = new Budget({ atOnce: 1, everyMs: 1_000 });
  budget.spend(HOUR);
  expect(budget.spend(0)).toBe(false);
  expect(budget.spend(1_000)).toBe(true);
});
