import { expect, test } from 'vitest';
import { hueOf, initialsOf } from './initials.ts';

test.each([
  ['Anna Maria Weber', 'AW'],
  ['  noor ', 'N'],
  ['Élodie du Pré', 'ÉP'],
  ['😀 Smile', '😀S'],
  ['', '?'],
])('[WS4] %j is %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test('[WS4] a name keeps its colour', () => {
  expect(hueOf('Anna Weber')).toBe(hueOf('Anna Weber'));
  expect(hueOf('Anna Weber')).toBeLessThan(360);
});
