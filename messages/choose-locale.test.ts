import { expect, test } from 'vitest';
import { chooseLocale } from './choose-locale.ts';

test.each([
  { wanted: ['de-AT', 'en'], chosen: 'de' },
  { wanted: ['', 'fr', 'DE'], chosen: 'de' },
  { wanted: ['ar', 'fr'], chosen: 'en' },
  { wanted: [], chosen: 'en' },
])('[WG6] speaks $chosen where $wanted is wanted', ({ wanted, chosen }) => {
  expect(chooseLocale(['en', 'de'], wanted)).toBe(chosen);
});

test('[WG6] a language of a country, or in one script, is spoken to all who read it', () => {
  expect(chooseLocale(['en', 'pt-BR', 'zh-Hans'], ['pt'])).toBe('pt-BR');
  expect(chooseLocale(['en', 'pt-BR', 'zh-Hans'], ['zh-SG'])).toBe('zh-Hans');
});
