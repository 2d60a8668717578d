import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern } from './linear-pattern.ts';

test.each([
  ['[A-Z]{2}\\d{6}', ['AB123456'], ['AB12345', 'ab123456', 'AB1234567', ' AB123456']],
  ['^\\d+$', ['1', '0042'], ['', '4x']],
  ['(?:new|used)-[a-f0-9]{2,4}', ['new-0f', 'used-abcd'], ['new-', 'old-0f', 'new-abcde']],
  ['[^\\s-]+', ['rose'], ['two words', 'a-b']],
  ['a|b|', ['a', 'b', ''], ['ab']],
  ['.\\.\\$', ['x.$', '🌹.$'], ['x.', 'xx$']],
  ['(a*)*', ['', 'aaa'], ['ab']],
  ['[\\w.-]{3,}', ['a.b', '-_-'], ['ab', 'a b']],
])('[RI2] %s takes whole texts', (pattern, right, wrong) => {
  const fits = compilePattern(pattern);
  expect(right.filter((text) => !fits?.(text))).toEqual([]);
  expect(wrong.filter((text) => fits?.(text))).toEqual([]);
});

test.each([
  ...[
    '(',
    'a)',
    '[a',
    'a{2',
    'a{3,2}',
    '*a',
    'a**',
    '\\',
    '\\b',
    '\\1',
    '(?=a)',
    '(?<n>a)',
    '[b-a]',
  ],
  ...['a{101}', '(a{100}){100}', 'a$b', '[[:alpha:]]'],
])('[RI2] %s is no pattern', (pattern) => {
  expect(compilePattern(pattern)).toBeNull();
});

const anAtom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '[a-c1]');
const aPattern = fc.letrec<{ whole: string }>((tie) => ({
  whole: fc.oneof(
    { maxDepth: 4 },
    anAtom,
    fc
      .tuple(tie('whole'), fc.constantFrom('?', '*', '+', '{2}', '{1,2}', '{0,}'))
      .map(([inside, quantifier]) => `(${inside})${quantifier}`),
    fc.tuple(tie('whole'), tie('whole')).map(([one, other]) => one + other),
    fc.tuple(tie('whole'), tie('whole')).map(([one, other]) => `(${one}|${other})`),
  ),
})).whole;

test('[RI2] it agrees with the patterns of JavaScript', () => {
  const aText = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '\n'), maxLength: 5 });
  fc.assert(
    fc.property(aPattern, fc.array(aText, { minLength: 5, maxLength: 5 }), (pattern, texts) => {
      const fits = compilePattern(pattern);
      const reference = new RegExp(`^(?:${pattern})$`, 'u');
      expect(texts.map((text) => fits?.(text))).toEqual(texts.map((text) => reference.test(text)));
    }),
    { numRuns: 1000 },
  );
});

test('[RI2] a pattern that would take others for ever is done at once', () => {
  const fits = compilePattern('((a+)+)+b');
  expect(fits?.('a'.repeat(200))).toBe(false);
  expect(fits?.(`${'a'.repeat(200)}b`)).toBe(true);
});
