import { expect, test } from 'vitest';
import { matchWords } from './match-words.ts';

test.each([
  ['End conversation', 'end'],
  ['End conversation', 'END con'],
  ['José Ibáñez', 'ibanez'],
  ['Ada Okafor', ''],
  ['Виктор Орлов', 'орл'],
])('[WS55] “%s” is found by “%s”', (words, typed) => {
  expect(matchWords(words, typed)).toBeGreaterThan(0);
});

test.each([
  ['Open offline messages', 'tag'],
  ['Sales team', 'sam'],
  ['Ada Okafor', 'ada noor'],
  ['Recently', 'cent'],
])('[WS55] “%s” is not found by “%s”', (words, typed) => {
  expect(matchWords(words, typed)).toBe(0);
});

test('[WS55] what begins as typed comes first, and other words for it last', () => {
  const scores = [
    matchWords('Edit the details', 'edit'),
    matchWords('Details of an edit', 'edit'),
    matchWords('Place on hold', 'edit', ['edit snooze']),
    matchWords('End', 'edit'),
  ];
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(new Set(scores).size).toBe(4);
});
