import * as v from 'valibot';
import { expect, test } from 'vitest';
import { neededBy, shortcutsBody } from './shortcuts.ts';

test.each([
  ['mod+t', 'browser'],
  ['mod+shift+n', 'browser'],
  ['mod+1', 'browser'],
  ['alt+d', 'browser'],
  ['alt+arrowleft', 'browser'],
  ['f5', 'browser'],
  ['mod+alt+k', 'screen-reader'],
  ['tab', 'page'],
  ['space', 'page'],
  ['arrowdown', 'page'],
  ['escape', 'page'],
  ['mod+enter', 'parley'],
  ['/', 'parley'],
  ['mod+b', 'parley'],
  ['mod+shift+k', 'parley'],
] as const)('[WS65] %s is not for a shortcut: it is needed by the %s', (keys, by) => {
  expect(neededBy(keys)).toBe(by);
});

test.each(['h', '?', 'ф', '7', 'shift+h', 'mod+k', 'mod+.', 'mod+shift+u', 'alt+arrowup', 'plus'])(
  '[WS65] %s can be chosen',
  (keys) => {
    expect(neededBy(keys)).toBeNull();
    expect(v.is(shortcutsBody, { end: [keys] })).toBe(true);
  },
);

test.each<[string, unknown]>([
  ['keys that the browser needs', { end: ['mod+w'] }],
  ['no keys', { end: [] }],
  ['too many keys', { end: ['a', 'b', 'c', 'd'] }],
  ['keys twice', { end: ['h'], hold: ['h'] }],
  ['a capital letter', { end: ['H'] }],
  ['nothing that is a key', { end: ['<script>'] }],
  ['modifiers in another order', { end: ['shift+mod+k'] }],
  ['a name that is none', { 'not a name': ['h'] }],
  ['a list', ['h']],
  [
    'more than there are actions',
    Object.fromEntries(
      Array.from({ length: 81 }, (_, at) => [
        `${String.fromCharCode(97 + (at % 26))}${'x'.repeat(at / 26)}`,
        [String.fromCodePoint(0x4e00 + at)],
      ]),
    ),
  ],
])('[WS71] %s is no choice of shortcuts', (_, chosen) => {
  expect(v.is(shortcutsBody, chosen)).toBe(false);
});
