import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIRST, moved, rowsOf } from './emoji-grid.ts';
import { emojiNamed, groups, namedLike, search } from './emojis.ts';
import { withFirst } from './kept-emoji.ts';
import { toned } from './tone.ts';
import { typedName } from './typed-name.ts';

const at = (text: string) => typedName(text, text.length);

describe('[EM1] the name of an emoji is typed behind a colon', () => {
  test.each([
    [':tada', { from: 0, name: 'tada', isWhole: false }],
    ['So :tada:', { from: 3, name: 'tada', isWhole: true }],
    ['(:ok_ha', { from: 1, name: 'ok_ha', isWhole: false }],
    ['🎉:fire', { from: 2, name: 'fire', isWhole: false }],
    ['好:fire', { from: 1, name: 'fire', isWhole: false }],
    ['Yes :+1:', { from: 4, name: '+1', isWhole: true }],
  ])('%s', (text, expected) => expect(at(text)).toEqual(expected));

  test.each([
    ...[':)', ':-)', ':D', ':P', ':p', ':/', ';-)', ':', '::', ':o', ': smile'],
    ...[
      '10:30',
      '10:30:',
      'at 9:15pm',
      'https://',
      'https://a',
      'mailto:ada',
      'Note:this',
      '::after',
    ],
    ...['C:\\dir', 'a/:id', 'std::map', '=:x', ':smile now'],
  ])('%s names none', (text) => expect(at(text)).toBeNull());

  test('only before the cursor', () => {
    expect(typedName(':ta da', 3)).toEqual({ from: 0, name: 'ta', isWhole: false });
    expect(typedName(':tada', 1)).toBeNull();
  });
});

const shown = (found: readonly { emoji: string }[], most = 3) =>
  found.slice(0, most).map(({ emoji }) => emoji);

describe('[EM2] emoji are found by name', () => {
  test('the one that is named first, then recent ones, then others', () => {
    expect(shown(namedLike('heart', []), 1)).toEqual(['❤️']);
    expect(shown(namedLike('smile', []), 1)).toEqual(['😄']);
    expect(shown(namedLike('hea', []), 1)).toEqual(['❤️']);
    expect(shown(namedLike('smil', ['😺']), 1)).toEqual(['😺']);
    expect(namedLike('xd', [])).toEqual([]);
    expect(emojiNamed('tada')?.emoji).toBe('🎉');
    expect(emojiNamed('not_there')).toBeUndefined();
  });

  test('the picker also looks in descriptions and tags', () => {
    expect(shown(search('Red Heart', []))).toContain('❤️');
    expect(shown(search(':tada:', []), 1)).toEqual(['🎉']);
    expect(shown(search('party', []), 20)).toContain('🎉');
    expect(search('qqq', [])).toEqual([]);
  });

  test('those that were used last come first, each once', () => {
    expect(withFirst(['a', 'b', 'c'], 'c')).toEqual(['c', 'a', 'b']);
  });
});

test('[EM3] a skin tone is given to emoji of one person', () => {
  expect(toned('👍', '🏽')).toBe('👍🏽');
  expect(toned('☝️', '🏽')).toBe('☝🏽');
  expect(toned('👩‍💻', '🏿')).toBe('👩🏿‍💻');
  expect(toned('👨‍👩‍👧', '🏿')).toBe('👨‍👩‍👧');
  expect(toned('🎉', '🏿')).toBe('🎉');
  expect(toned('👍', '')).toBe('👍');
});

test('[EM3] the arrow keys lead through all rows, and stay inside', () => {
  const lengths = groups().flatMap(({ emojis }) => rowsOf(emojis).map(({ length }) => length));
  const keys = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight');
  fc.assert(
    fc.property(fc.array(keys, { maxLength: 60 }), fc.boolean(), (pressed, isRightToLeft) => {
      const place = pressed.reduce(
        (from, key) => moved(lengths, from, key, isRightToLeft) ?? from,
        FIRST,
      );
      expect(place.column).toBeLessThan(lengths[place.row] ?? 0);
      expect(Math.min(place.row, place.column)).toBeGreaterThanOrEqual(0);
    }),
  );
  expect(moved([8, 3], { row: 0, column: 7 }, 'ArrowDown', false)).toEqual({ row: 1, column: 2 });
  expect(moved([8, 3], { row: 0, column: 7 }, 'ArrowRight', false)).toEqual({ row: 1, column: 0 });
  expect(moved([8, 3], { row: 0, column: 0 }, 'ArrowLeft', true)).toEqual({ row: 0, column: 1 });
  expect(moved([8, 3], FIRST, 'a', false)).toBeNull();
});
