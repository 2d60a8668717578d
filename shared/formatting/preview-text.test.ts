import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortened } from '#shared/text.ts';
import { previewText } from './preview-text.ts';

const LONG = 'word '.repeat(60).trim();
const CUT = 140;

test.each([
  ['**Soon**, _maybe_ ~~not~~', 'Soon, maybe not'],
  ['- soil\n- water', 'soil\nwater'],
  ['> so\nYes', 'so\nYes'],
  ['```js\nlet a;\n```', 'let a;'],
  ['[our page](https://shop.example)', 'our page'],
  ['2*3*4 and snake_case', '2*3*4 and snake_case'],
  ['**open', '**open'],
])('[FM9] a preview of %j has no marks', (text, shown) => {
  expect(previewText(text)).toBe(shown);
});

test.each(['**', '_', '~~', '***', '`', '> ', '```\n', '- '])(
  '[FM9] nor has one that was cut before a %j was closed',
  (mark) => {
    const cut = shortened(mark + LONG, CUT);
    expect(previewText(cut)).toBe(cut.slice(mark.length));
  },
);

test('[FM9] a link that was cut leaves its text', () => {
  const start = LONG.slice(0, CUT - 30);
  expect(previewText(`${start} [our page](https://shop.exam`)).toBe(`${start} our page`);
});

test('[FM9] a preview says nothing that its text does not', () => {
  const unit = fc.constantFrom(...'ab 茶*_~`[]()>-\n'.split(''));
  const letters = (text: string) => text.replaceAll(/[^ab茶]/g, '');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 150 }), (text) => {
      let left = letters(previewText(text));
      for (const letter of letters(text)) if (left.startsWith(letter)) left = left.slice(1);
      expect(left).toBe('');
    }),
  );
});
