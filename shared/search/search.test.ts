import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentIdsOf, firstIdAt, MOST_MS, partsOf, readMessages, stored } from './document.ts';
import type { Said } from './said.ts';
import { snippetOf } from './snippet.ts';
import { findAll, wantedIn } from './wanted.ts';
import { folded, wordsIn } from './words.ts';

const found = (text: string, typed: string): string[] | null =>
  findAll(text, wantedIn(typed))?.map(([start, end]) => text.slice(start, end)) ?? null;

describe('[SR1] words', () => {
  test.each([
    ['The Fern is back', 'fern', ['Fern']],
    ['The ferns are back', 'fer bac', ['fer', 'bac']],
    ['The ferns are back', 'ern', null],
    ['Größe 42, Straße', 'grosse STRASSE', ['Größe', 'Straße']],
    ['Grosse Strasse', 'größe straße', ['Grosse', 'Strasse']],
    ['Größe 42, Straße', 'grösste', null],
    ['Café à la crème', 'cafe creme', ['Café', 'crème']],
    ['Łódź', 'lodz', ['Łódź']],
    ['İstanbul', 'istanbul', ['İstanbul']],
    ['ΟΔΟΣ', 'οδος', ['ΟΔΟΣ']],
    ['שָׁלוֹם', 'שלום', ['שָׁלוֹם']],
    ['Order ORD-1234 is late', 'ord-12', ['ORD-12']],
    ['Order 1234 of ORD', 'ord-12', null],
    ['a or b', 'a or', ['a', 'or']],
    ['an or b', 'a or', null],
    ['我要绿茶。好喝', '绿茶', ['绿茶']],
    ['我要绿茶。好喝', '茶好', null],
    ['我要绿茶。好喝', '要绿茶', ['要绿茶']],
    ['オーガニックの紅茶', '紅茶', ['紅茶']],
    ['อยากได้ชาเขียวครับ', 'ชาเขียว', ['ชาเขียว']],
    ['iPhone15手机', 'iphone15手', ['iPhone15手']],
  ])('“%s” searched for “%s”', (text, typed, marked) => {
    expect(found(text, typed)).toEqual(marked);
  });

  test('too little is not looked for', () => {
    for (const typed of ['', ' ', 'a', '茶', '-', '…!']) expect(wantedIn(typed)).toEqual([]);
    expect(wantedIn('ab')).toHaveLength(1);
  });

  test('any part of a text without blanks is found, whatever it is', () => {
    const han = fc.string({
      unit: fc.constantFrom(...'绿茶好喝我要が手機'),
      minLength: 2,
      maxLength: 12,
    });
    fc.assert(
      fc.property(han, fc.nat(), fc.nat(), (text, one, other) => {
        const [from, to] = [one % text.length, other % text.length].sort((a, b) => a - b);
        const part = text.slice(from, (to ?? 0) + 2);
        if ([...part].length < 2) return;
        expect(found(text, part)).not.toBeNull();
      }),
    );
  });

  test('marks are parts of the text, in order and apart', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (text, typed) => {
          let end = 0;
          for (const [start, to] of findAll(text, wantedIn(typed)) ?? []) {
            expect(start).toBeGreaterThanOrEqual(end);
            expect(to).toBeGreaterThan(start);
            end = to;
          }
          expect(end).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });

  test('folding a word twice changes nothing more, and leaves no blank in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const { text: word } of wordsIn(text)) {
          expect(folded(word)).toBe(word);
          expect(word).not.toMatch(/^\s|\s$/);
        }
      }),
    );
  });
});

describe('[SR2] a snippet', () => {
  const long = `${'Some words before it. '.repeat(20)}Is the fern in stock?${' And more after it.'.repeat(20)}`;

  test('shows the first mark, and marks the same', () => {
    const { text, marks } = snippetOf(long, findAll(long, wantedIn('fern stock')) ?? []);
    expect(text).toMatch(/^….*Is the fern in stock\?.*…$/);
    expect(text.length).toBeLessThan(200);
    expect(marks.map(([start, end]) => text.slice(start, end))).toEqual(['fern', 'stock']);
  });

  test('of a short text is the text', () => {
    expect(snippetOf('The fern', [[4, 8]])).toEqual({ text: 'The fern', marks: [[4, 8]] });
  });

  test('cuts no character in two', () => {
    const faces = '😀'.repeat(200);
    expect(snippetOf(faces, [[200, 202]]).text.isWellFormed()).toBe(true);
    expect(snippetOf(`a${faces}`, [[201, 203]]).text.isWellFormed()).toBe(true);
  });
});

const saidAt = (seq: number, at: number, text = 'Is the fern in stock?'): Said => ({
  ...{ seq, at, text, isNote: false },
  by: { kind: 'visitor' },
});

describe('[SR3] documents', () => {
  test('hold all that was said, once, in order, and none of them much or for long', () => {
    const gaps = fc.array(fc.tuple(fc.nat({ max: 2_000_000 }), fc.nat({ max: 6_000 })));
    fc.assert(
      fc.property(gaps, (all) => {
        let at = 0;
        const said = all.map(([later, length], index) =>
          saidAt(index, (at += later), 'x'.repeat(length)),
        );
        const parts = partsOf(said);
        expect(parts.flat()).toEqual(said);
        for (const part of parts) {
          expect(part.length).toBeGreaterThan(0);
          expect(part.length).toBeLessThanOrEqual(50);
          expect((part.at(-1)?.at ?? 0) - (part[0]?.at ?? 0)).toBeLessThan(MOST_MS);
        }
      }),
    );
  });

  test('read as they were stored', () => {
    const said: Said[] = [
      saidAt(2, 10),
      { ...saidAt(3, 11, 'Yes'), by: { kind: 'integration', name: 'Shop' } },
      { ...saidAt(4, 12, 'Note'), isNote: true },
    ];
    expect(readMessages(stored(said).messages)).toEqual(said);
  });

  test('have ids that grow with the time of their last message', () => {
    const ids = documentIdsOf([[saidAt(1, 5)], [saidAt(2, 5)], [saidAt(3, 6)]], 0.999);
    expect(ids.toSorted((one, other) => one - other)).toEqual(ids);
    expect(new Set(ids).size).toBe(3);
    expect(ids.every((id) => id >= firstIdAt(5) && id < firstIdAt(7))).toBe(true);
    expect(Number.isSafeInteger(firstIdAt(Date.UTC(2100, 0, 1)))).toBe(true);
  });
});
