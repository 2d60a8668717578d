// The same words in everything that ESLint does not read, and words for people in the German messages.
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fromRoot, root } from './paths.ts';
import { findBannedWords } from './plain-words.js';

const files = globSync('{*,docs/**/*,messages/*,migrations/*,web/**/*,demo/*,bench/*}', {
  cwd: root,
  // STYLE shows the words that are not used.
  exclude: [
    'messages/!(en).json',
    'web/static/**',
    'docs/pictures/**',
    'docs/STYLE.md',
    'package-lock.json',
  ],
}).filter((file) => /\.(md|json|sql|toml|css|html)$/.test(file));

test.each(files)('%s uses plain words', (file) => {
  expect(
    findBannedWords(readFileSync(fromRoot(file), 'utf8')).map(({ message }) => message),
  ).toEqual([]);
});

/** Nouns and pronouns that make a man of a person. */
const MASCULINE =
  /\b(Agent|Besucher|Kolleg|Kund|Nutzer|Benutzer|Mitarbeiter|Administrator|Absender|Empfänger)(en?|er|in|s)?\b|\b(er|ihm|ihn|seine?[mnrs]?)\b/gu;

test('the German messages take nobody for a man', () => {
  const german = readFileSync(fromRoot('messages/de.json'), 'utf8');
  const texts = [...german.matchAll(/": "(.*)"/g)].map(([, text = '']) => text);
  expect(texts.filter((text) => text.match(MASCULINE))).toEqual([]);
});
