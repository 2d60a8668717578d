import { expect, test } from 'vitest';
import { regionalLocale } from './regional-locale.ts';

test.each([
  ['en-GB,en;q=0.9', 'en', 'en-GB'],
  ['fr, de-at;q=0.8, de-DE;q=0.7', 'de', 'de-AT'],
  ['fr-FR', 'en', 'en'],
  [null, 'en', 'en'],
  ['en-not_a_tag!', 'en', 'en'],
])('[WS20] %j in %s is written as %s', (accepted, language, locale) => {
  expect(regionalLocale(accepted, language)).toBe(locale);
});
