// What Parley makes of text from outside. Nothing here throws, whatever the text is, and all of it is linear.

const LINE_ENDS = /\r\n?/g;
/** They show nothing, and some readers stop at them. Tabs and line ends stay. */
const CONTROLS = /(?![\t\n])\p{Cc}/gu;
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/u;
const HALF_AT_END = /[\ud800-\udbff]$/;

/** A character of more units is no character, but marks without end. */
const CHARACTER_UNITS = 32;

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** As it enters Parley: half characters are replaced, control characters left out, line ends are `\n`. */
export const cleaned = (text: string): string =>
  text.toWellFormed().replace(LINE_ENDS, '\n').replace(CONTROLS, '');

const MARKS = /\p{M}/gu;

/** As texts are compared in a search: lower case, without accents. */
export const folded = (text: string): string =>
  text.normalize('NFKD').replace(MARKS, '').toLowerCase();

/** Whether there is nothing to see, in any script. */
export const isBlank = (text: string): boolean => !VISIBLE.test(text);

/**
 * The beginning of a text, cut between two characters as people see them.
 * @param most UTF-16 units that are left, at most
 */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = characters.segment(text).containing(most)?.index ?? most;
  // A single character may be longer than that, if it is made of many marks.
  return end > 0 ? text.slice(0, end) : text.slice(0, most).replace(HALF_AT_END, '');
}

/** As people see it: a letter with its marks, a whole emoji. Empty for an empty text. */
export const firstCharacter = (text: string): string =>
  shortened(characters.segment(text).containing(0)?.segment ?? '', CHARACTER_UNITS);
