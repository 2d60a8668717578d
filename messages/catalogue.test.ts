import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { baseLocale, locales } from './compiled/runtime.js';

const root = join(import.meta.dirname, '..');

const pluralSchema = v.strictTuple([
  v.strictObject({
    declarations: v.array(v.string()),
    selectors: v.array(v.string()),
    match: v.record(v.string(), v.string()),
  }),
]);
const catalogueSchema = v.objectWithRest(
  { $schema: v.string() },
  v.union([v.string(), pluralSchema]),
);

function read(locale: string) {
  const text = readFileSync(join(import.meta.dirname, `${locale}.json`), 'utf8');
  const { $schema: _schema, ...messages } = v.parse(catalogueSchema, JSON.parse(text));
  return messages;
}
type Message = ReturnType<typeof read>[string];

const textsOf = (message: Message): string[] =>
  typeof message === 'string' ? [message] : Object.values(message[0].match);

const blanksOf = (message: Message): string[] =>
  [...new Set(textsOf(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort();

/** The plural forms that a message has, in the order of their names; null: it has none. */
const formsOf = (message: Message): string[] | null =>
  typeof message === 'string'
    ? null
    : Object.keys(message[0].match)
        .map((key) => key.replace(/^\w+Plural=/, ''))
        .sort();

const base = read(baseLocale);

describe.each(locales)('the catalogue in %s', (locale) => {
  const messages = read(locale);

  test('has the same messages as every other', () => {
    expect(Object.keys(messages)).toEqual(Object.keys(base));
  });

  test.each(Object.entries(messages))('says %s with the same blanks', (key, message) => {
    expect(blanksOf(message)).toEqual(blanksOf(base[key] ?? ''));
    expect(textsOf(message).every((text) => text.trim() === text && text !== '')).toBe(true);
  });

  test.each(Object.entries(messages).filter(([, message]) => formsOf(message)))(
    'says %s in every plural form of the language',
    (_key, message) => {
      const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
      expect(formsOf(message)).toEqual([...pluralCategories].sort());
    },
  );
});

const sources = globSync('{messages,web,worker}/**/*.{ts,svelte}', { cwd: root })
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n');

test('every message is used', () => {
  const used = new Set(sources.match(/(?<=\bm(?:essages)?\.)\w+/g));
  expect(Object.keys(base).filter((key) => !used.has(key))).toEqual([]);
});

test('what a message is given has a place in it', () => {
  const given = [...sources.matchAll(/\bm\.(\w+)\(\{\s*(\w+)\s*[,:}]/g)];
  const lost = given.filter(([, key = '', blank = '']) => {
    const message = base[key];
    return message !== undefined && !blanksOf(message).includes(`{${blank}}`);
  });
  expect(lost.map(([text]) => text)).toEqual([]);
});
