import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostileTexts } from './testing/hostile-texts.ts';
import { cleaned, isBlank, shortened } from './text.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 300 });

test('a shortened text ends between two characters', () => {
  expect(shortened('Hello 👩‍👩‍👧‍👦 all', 8)).toBe('Hello ');
  expect(shortened('Hello 👩‍👩‍👧‍👦 all', 17)).toBe('Hello 👩‍👩‍👧‍👦');
  expect(shortened(`${'x'.repeat(139)}😀`, 140)).toBe('x'.repeat(139));
  expect(shortened('ne\u0301e', 2)).toBe('n');
});

test('a short text stays as it is', () => {
  expect(shortened('Hello', 5)).toBe('Hello');
});

test('one character that is longer than allowed is cut all the same', () => {
  expect(shortened(`a${'\u0301'.repeat(500)}`, 10)).toHaveLength(10);
  expect(shortened('😀', 1)).toBe('');
});

test('whatever the text, its beginning is one, and no longer than asked', () => {
  fc.assert(
    fc.property(anyText, fc.nat({ max: 320 }), (text, most) => {
      const short = shortened(text, most);
      expect(text.startsWith(short)).toBe(true);
      expect(short.length).toBeLessThanOrEqual(most);
      if (text.isWellFormed()) expect(short.isWellFormed()).toBe(true);
    }),
  );
});

test('[WP9] half a character, control characters and foreign line ends do not enter', () => {
  expect(cleaned('a\ud83d b')).toBe('a\ufffd b');
  expect(cleaned('a\u0000b\u0007c\u009bd')).toBe('abcd');
  expect(cleaned('one\r\ntwo\rthree\n\tfour')).toBe('one\ntwo\nthree\n\tfour');
});

test('what is cleaned once is clean', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const clean = cleaned(text);
      expect(clean.isWellFormed()).toBe(true);
      expect(cleaned(clean)).toBe(clean);
    }),
  );
});

test.each([
  '',
  ' \t\n',
  '\u00a0\u2003\u3000',
  '\u200b\u200d\ufeff',
  '\u2800',
  '\u3164\uffa0',
  '\u202e',
])('[WP9] %j shows nothing', (text) => {
  expect(isBlank(text)).toBe(true);
});

test.each(['.', '😀', 'ب', '\u0301', '。'])('%j shows something', (text) => {
  expect(isBlank(text)).toBe(false);
});

test.each(hostileTexts())('[WP10] nothing throws at %s', (_name, text) => {
  expect(shortened(text, 140).length).toBeLessThanOrEqual(140);
  expect(cleaned(text).isWellFormed()).toBe(true);
  expect(typeof isBlank(text)).toBe('boolean');
});
