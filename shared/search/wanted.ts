// What is looked for in a text: each word by its beginning, in any order.

import { isLoneUnit, wordsIn, type Word } from './words.ts';

/** A part of a text that is found, in UTF-16 units: where it begins, and where it ends. */
export type Mark = readonly [start: number, end: number];

export interface WantedWord {
  /** They follow each other, as in `ord-1234`. */
  readonly words: readonly string[];
  /** Whether the last may go on. One letter alone begins too many. */
  readonly isPrefix: boolean;
}

/** As many characters as a search begins with. */
export const FEWEST_CHARACTERS = 2;
export const MOST_CHARACTERS = 200;
const MOST_WORDS = 12;

/** Empty when there is too little to look for. */
export function wantedIn(typed: string): WantedWord[] {
  const wanted = typed
    .split(/\s+/)
    .slice(0, MOST_WORDS)
    .map(wantedWord)
    .filter(({ words }) => words.length > 0);
  const characters = [...wanted.flatMap(({ words }) => words).join('')].length;
  return characters < FEWEST_CHARACTERS ? [] : wanted;
}

function wantedWord(typed: string): WantedWord {
  const words = wordsIn(typed).map(({ text }) => text);
  const last = words.at(-1) ?? '';
  const isLone = isLoneUnit(last);
  // It ends the last pair, which the text may go on after.
  if (isLone && words.length > 1 && words.at(-2)?.endsWith(last)) words.pop();
  return { words, isPrefix: words.length > 1 || isLone || [...last].length > 1 };
}

/** Where they all stand in the text; null when one is missing. */
export function findAll(text: string, wanted: readonly WantedWord[]): Mark[] | null {
  if (isHopeless(text, wanted)) return null;
  const words = wordsIn(text);
  const marks: Mark[] = [];
  for (const one of wanted) {
    const found = findOne(words, one);
    if (found.length === 0) return null;
    marks.push(...found);
  }
  return merged(marks);
}

/** Told by a glance for most texts in plain letters. */
function isHopeless(text: string, wanted: readonly WantedWord[]): boolean {
  if (!/^[\0-\x7f]*$/.test(text)) return false;
  const lower = text.toLowerCase();
  return wanted.some(({ words }) => words.some((word) => !lower.includes(word)));
}

function findOne(words: readonly Word[], { words: wanted, isPrefix }: WantedWord): Mark[] {
  const marks: Mark[] = [];
  const last = wanted.length - 1;
  for (let from = 0; from + last < words.length; from++) {
    const isFound = wanted.every((one, place) => {
      const { text = '' } = words[from + place] ?? {};
      return place === last && isPrefix ? text.startsWith(one) : text === one;
    });
    const [first, end] = [words[from], words[from + last]];
    if (isFound && first && end) marks.push([first.start, endOf(end, wanted[last] ?? '')]);
  }
  return marks;
}

/** Behind what was typed of the word, where folding has not changed its length. */
const endOf = ({ text, start, end }: Word, typed: string): number =>
  end - start === text.length ? start + typed.length : end;

function merged(marks: readonly Mark[]): Mark[] {
  const all: Mark[] = [];
  for (const [start, end] of marks.toSorted(([one], [other]) => one - other)) {
    const before = all.at(-1);
    if (before && start <= before[1]) all[all.length - 1] = [before[0], Math.max(before[1], end)];
    else all.push([start, end]);
  }
  return all;
}
