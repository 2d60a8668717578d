import { createContext, Script } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPattern } from './pattern.ts';

const RANDOM_PATTERNS = 1_000;
const WITHIN_MS = 100;

/** The parts that both engines know and mean the same by, put together at random. */
const { pattern: patterns } = fc.letrec<{ pattern: string; part: string }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(
      ...'abcé茶1 .^$',
      '\\d',
      '\\w',
      '\\s',
      '\\b',
      '\\.',
      '[abc]',
      '[^a]',
      '[a-c1-3]',
    ),
    fc
      .tuple(tie('pattern'), fc.constantFrom('(', '(?:'))
      .map(([inside, open]) => `${open}${inside})`),
    fc
      .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '*?', '+?'))
      .map(([inside, times]) => `(?:${inside})${times}`),
    fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => `(${one}|${other})`),
  ),
  pattern: fc.array(tie('part'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
}));
const texts = fc.string({ unit: fc.constantFrom(...'abcé茶1 .\n'), maxLength: 30 });

const isolated = createContext({});

/** As the browser's own engine has it; null when it is refused there, or takes too long. */
function reference(source: string, flags: string, text: string): boolean | null {
  const script = new Script(`new RegExp(source, 'u' + flags).test(text)`);
  Object.assign(isolated, { source, flags, text });
  try {
    return script.runInContext(isolated, { timeout: WITHIN_MS }) as boolean; // What `test` gives.
  } catch {
    return null;
  }
}

async function matches(source: string, flags: string, text: string): Promise<boolean | null> {
  const pattern = await readPattern(source, flags);
  return pattern.ok ? pattern.value.find(text) !== null : null;
}

describe('[SR8] a pattern', () => {
  test('finds what another engine finds, or is refused', async () => {
    let compared = 0;
    const flags = fc.constantFrom('', 'i', 'm', 's', 'im');
    await fc.assert(
      fc.asyncProperty(patterns, flags, texts, async (source, set, text) => {
        const [own, other] = [await matches(source, set, text), reference(source, set, text)];
        if (own === null || other === null) return;
        compared++;
        expect(own).toBe(other);
      }),
      { numRuns: RANDOM_PATTERNS },
    );
    expect(compared).toBeGreaterThan(RANDOM_PATTERNS / 2);
  });

  test('that makes others run for ever is answered in steps that can be counted', async () => {
    for (const source of ['^(a+)+$', '(a|a)*b', '(\\w+\\s?)*!', '(.*)*x']) {
      const pattern = await readPattern(source, '');
      if (!pattern.ok) throw new Error('it can be read');
      expect(pattern.value.find(`${'a'.repeat(5_000)}?`)).toEqual(null);
      expect(pattern.value.steps).toBeLessThan(100);
    }
  });

  test.each([
    ['ab[c', 3, '[c'],
    ['a(b', 2, '(b'],
    ['(a(b)', 1, '(a(b)'],
    ['a)b', 2, ')b'],
    ['[(](a', 4, '(a'],
    ['a**', 2, '**'],
    ['*a', 1, '*'],
    ['a(?=b)', 2, '(?='],
    ['(a)\\1', 4, '\\1'],
    ['a{2,1}', 2, '{2,1}'],
    ['a\\', 2, '\\'],
  ])('that can’t be read says where: %s', async (source, at, part) => {
    expect(await readPattern(source, '')).toEqual({
      ok: false,
      refusal: { code: 'search.pattern-wrong', details: { at, part } },
    });
  });

  test('that stands for one of thousands is refused', async () => {
    for (const source of ['(a{600}|b{600})', '(\\w{1,9} ){100}']) {
      expect(await readPattern(source, '')).toEqual({
        ok: false,
        refusal: { code: 'search.pattern-too-large', details: {} },
      });
    }
  });

  test('marks what it finds, in UTF-16 units, and nothing where it finds nothing', async () => {
    const find = async (source: string, text: string, flags = '') => {
      const pattern = await readPattern(source, flags);
      return pattern.ok ? pattern.value.find(text) : pattern;
    };
    expect(await find('ORD-\\d+', '😀 ORD-12 and ord-13', 'i')).toEqual([
      [3, 9],
      [14, 20],
    ]);
    expect(await find('x*', 'abc')).toEqual([]);
    expect(await find('x+', 'abc')).toBeNull();
    expect(await find('^b.d', 'a\nb\nd', 'ms')).toEqual([[2, 5]]);
  });
});
