// Values that no client of ours would send, and values that are right but for one part.

import fc from 'fast-check';

const TEXTS = [
  '',
  ' ',
  '\0',
  '\ud800',
  '\u202e\u2066x',
  '__proto__',
  'constructor',
  'toString',
  '../../..',
  '%',
  '%00',
  '%ff%fe',
  "'; DROP TABLE event; --",
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  '[['.repeat(2_000),
  `http://a${')'.repeat(3_000)}`,
  'x'.repeat(70_000),
  '👩‍👩‍👧‍👦'.repeat(500),
];

export const hostileText = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

const nested = (depth: number): unknown =>
  Array.from({ length: depth }).reduce<unknown>((inner) => [inner], null);

const VALUES = [null, true, -1, 0, 1.5, 1e308, 2 ** 53, -0, {}, [], nested(500)];

const hostileValue = fc.oneof(fc.constantFrom(...VALUES), hostileText, fc.jsonValue());

type Container = Record<string, unknown>;

/** Every part of a value, at any depth, by what it is in and the key there. */
function partsOf(value: unknown): { within: Container; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const within = value as Container; // Of an array the keys are its indices.
  return Object.keys(within).flatMap((key) => [{ within, key }, ...partsOf(within[key])]);
}

type Change = 'replace' | 'remove' | 'add';

function changed(valid: unknown, at: number, change: Change, value: unknown): unknown {
  const copy = structuredClone(valid);
  const parts = partsOf(copy);
  const part = parts[at % parts.length];
  if (!part) return value;
  const { within, key } = part;
  if (change === 'replace') within[key] = value;
  else if (change === 'add') within['added'] = value;
  else delete within[key];
  return copy;
}

/** JSON texts that have one part replaced, removed or added, or that are broken. */
export const nearly = (valid: unknown): fc.Arbitrary<string> => {
  const almost = fc
    .tuple(fc.nat(), fc.constantFrom<Change>('replace', 'remove', 'add'), hostileValue)
    .map(([at, change, value]) => JSON.stringify(changed(valid, at, change, value)) ?? '');
  const broken = fc
    .tuple(almost, fc.nat(), fc.constantFrom('', '}', '\0', '\uFEFF', ',"type":"hello"}'))
    .map(([text, at, rest]) => text.slice(0, at % (text.length + 1)) + rest);
  return fc.oneof(
    { weight: 5, arbitrary: almost },
    { weight: 1, arbitrary: fc.constant(JSON.stringify(valid)) },
    { weight: 1, arbitrary: broken },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: hostileText },
  );
};
