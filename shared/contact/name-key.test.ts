import { expect, test } from 'vitest';
import { nameKey } from './name-key.ts';

test.each([
  ['Ärzte  Ünion', 'arzte union'],
  [' ÉMILE ', 'emile'],
  ['Øre', 'øre'],
  ['ｆｕｌｌ', 'full'],
  ['李小龙', '李小龙'],
])('[CI1] %j is sorted as %j', (name, key) => {
  expect(nameKey(name)).toBe(key);
});
