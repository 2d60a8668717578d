import { expect, test } from 'vitest';
import { knownTimeZone } from './time-zone.ts';

test('[WS21] the time zone is the one told, if there is such a one', () => {
  expect(knownTimeZone('Europe/Berlin')).toBe('Europe/Berlin');
  expect(knownTimeZone(undefined)).toBe('UTC');
  expect(knownTimeZone('Nowhere/Land; <b>')).toBe('UTC');
});
