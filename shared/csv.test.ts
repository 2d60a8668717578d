import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CSV_START, csvLine, csvRows } from './csv.ts';

const cellsOf = (file: string) => [...csvRows(file)].map(({ cells }) => cells);

test('[CN20] what was written is what is read, whatever the cells hold', () => {
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom(...`a"',;=+-@ \t\n`) }),
    fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\r', '')),
  );
  const row = fc
    .array(cell, { minLength: 2, maxLength: 5 })
    .filter((cells) => cells.some((one) => one.trim() !== ''));
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const header = ['name', 'e-mail', 'phone'];
      expect(cellsOf(CSV_START + [header, ...rows].map(csvLine).join(''))).toEqual([
        header,
        ...rows,
      ]);
    }),
  );
});

test.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', "'=1", '=HYPERLINK("https://x.example")'])(
  '[CN21] %j does not run as a formula',
  (cell) => expect(csvLine([cell])).toMatch(/^"?'/),
);

test('[CN21] a phone number stays one', () => {
  expect(csvLine(['+4917112345'])).toBe('+4917112345\r\n');
});

test('[CN20] semicolons and tabs separate, too, and lines end in any way', () => {
  const rows = [
    ['name', 'e-mail'],
    ['Ivy, Green', 'ivy@shop.example'],
  ];
  expect(cellsOf('name;e-mail\rIvy, Green;ivy@shop.example')).toEqual(rows);
  expect(cellsOf('name\te-mail\n\n"Ivy, Green"\tivy@shop.example\n')).toEqual(rows);
});

test('[CN20] a row says where it begins, and that a quotation mark was not closed', () => {
  const rows = [...csvRows('name,note\n"Ivy\nGreen",a\n\nRue,"b\nc')];
  expect(rows).toMatchObject([
    { line: 1, isUnclosed: false },
    { line: 2, cells: ['Ivy\nGreen', 'a'], isUnclosed: false },
    { line: 5, cells: ['Rue', 'b\nc'], isUnclosed: true },
  ]);
});
