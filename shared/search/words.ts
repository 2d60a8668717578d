// The words of a text, as the search compares them: without case and accents. Scripts that put no blanks between words
// are taken in overlapping pairs of characters, so that any part of a sentence is found.

export interface Word {
  /** Folded. */
  readonly text: string;
  /** Where it stands in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

const LETTERS = String.raw`\p{L}\p{N}\p{M}`;
const UNSPACED = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar']
  .map((script) => String.raw`\p{scx=${script}}`)
  .join('');
const RUNS = new RegExp(
  `((?:(?=[${LETTERS}])[${UNSPACED}])+)|(?:(?![${UNSPACED}])[${LETTERS}])+`,
  'gu',
);
/** A character of such a script, with the mark that changes its sound. */
const UNITS = /[^][\u3099\u309a\uff9e\uff9f]?/gu;

/** Accents, and the vowel signs that Hebrew and Arabic are mostly written without. */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/g;
/** Letters that are one with their stroke. */
const JOINED = new Map(
  Object.entries({ ł: 'l', ø: 'o', đ: 'd', ħ: 'h', æ: 'ae', œ: 'oe', ς: 'σ' }),
);
const JOINED_LETTERS = /[łøđħæœς]/g;
const ASCII = /^[\0-\x7f]*$/;

/** As it is compared: one spelling for what people take for the same. */
export function folded(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(MARKS, '')
    .toUpperCase() // ß becomes SS.
    .toLowerCase()
    .normalize('NFC')
    .replace(JOINED_LETTERS, (letter) => JOINED.get(letter) ?? letter)
    .trim();
}

/** In order. The last character of a run without blanks stands alone as well: it begins no pair. */
export function wordsIn(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: run, 1: unspaced, index } of text.matchAll(RUNS)) {
    if (unspaced === undefined) add(words, run, index);
    else addPairs(words, run, index);
  }
  return words;
}

function addPairs(words: Word[], run: string, from: number): void {
  const units = [...run.matchAll(UNITS)];
  for (const [place, { 0: unit, index }] of units.entries()) {
    add(words, unit + (units[place + 1]?.[0] ?? ''), from + index);
  }
}

function add(words: Word[], source: string, start: number): void {
  const text = folded(source);
  if (text !== '') words.push({ text, start, end: start + source.length });
}

/** Whether a word is a single character of a script that is taken in pairs. */
export const isLoneUnit = (word: string): boolean =>
  new RegExp(`^[${UNSPACED}]$`, 'u').test(word.normalize('NFC'));
