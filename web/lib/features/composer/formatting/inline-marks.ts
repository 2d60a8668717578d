// Bold, italic, struck out, code and links: put around what is selected, or taken away from there. Pure.

import { replacing, startOfLine, type Change, type Selected } from './change.ts';

export type InlineMark = 'bold' | 'italic' | 'strike' | 'code';

/** The first is the one that is written; the others are read, too. */
const MARKS: Readonly<Record<InlineMark, readonly string[]>> = {
  bold: ['**'],
  italic: ['_', '*'],
  strike: ['~~'],
  code: ['`'],
};

/** What begins a line and is no part of what is said in it. */
const LINE_START = /^(?:> ?|[-*•] |\d{1,3}[.)] )?/;
const WORD = /[\p{L}\p{M}\p{N}]/u;
const FENCE = '```';
/** What a link leads to until one knows. */
const ADDRESS = 'https://';

export function toggledMark(mark: InlineMark, selected: Selected): Change {
  const { text, from, to } = selected;
  if (text.slice(from, to).includes('\n')) {
    return mark === 'code' ? toggledFence(selected) : toggledLines(mark, selected);
  }
  const [start, end] = spanOf(text, from, to);
  const isCursor = from === to;
  for (const sign of MARKS[mark]) {
    const bare = withoutSigns(text, sign, start, end);
    if (!bare) continue;
    const cursor = from - sign.length;
    return isCursor ? { ...bare, select: [cursor, cursor] } : bare;
  }
  const [sign = ''] = MARKS[mark];
  // What was marked ends here, and one writes on behind it.
  const isAtEnd = isCursor && isBefore(text, sign, to) && hasMark(text, sign, from);
  if (isAtEnd) return replacing(to, to, '', [to + sign.length, to + sign.length]);
  const said = text.slice(start, end);
  const by = `${sign}${said}${sign}`;
  // The cursor stays where it is in the word.
  const [first, last] = isCursor ? [from, from] : [start, end];
  return replacing(start, end, by, [first + sign.length, last + sign.length]);
}

const hasMark = (text: string, sign: string, before: number): boolean =>
  text.slice(startOfLine(text, before), before).includes(sign);

export function toggledLink({ text, from, to }: Selected): Change {
  const rest = /^\]\([^\s()]*\)/.exec(text.slice(to, to + 2_100))?.[0];
  if (text.charAt(from - 1) === '[' && rest) {
    const said = text.slice(from, to);
    return replacing(from - 1, to + rest.length, said, [from - 1, to - 1]);
  }
  const [start, end] = spanOf(text, from, to);
  const said = text.slice(start, end);
  if (/^https?:\/\/\S+$/.test(said)) {
    return replacing(start, end, `[](${said})`, [start + 1, start + 1]);
  }
  const address = start + said.length + 3;
  const by = `[${said}](${ADDRESS})`;
  if (said === '') return replacing(start, end, by, [start + 1, start + 1]);
  return replacing(start, end, by, [address, address + ADDRESS.length]);
}

/** Takes the marks away that are around what is selected, or just inside of it; null: there are none. */
function withoutSigns(text: string, sign: string, from: number, to: number): Change | null {
  const { length } = sign;
  const isOutside = isBefore(text, sign, to) && isBehind(text, sign, from);
  if (isOutside) {
    const said = text.slice(from, to);
    return replacing(from - length, to + length, said, [from - length, to - length]);
  }
  const inside = text.slice(from, to);
  if (!isMarked(inside, sign)) return null;
  return replacing(from, to, inside.slice(length, -length));
}

const isMarked = (said: string, sign: string): boolean =>
  said.length > 2 * sign.length && isBefore(said, sign, 0) && isBehind(said, sign, said.length);

/** One star is no part of two. */
const isBefore = (text: string, sign: string, at: number): boolean =>
  text.startsWith(sign, at) && (sign !== '*' || runOf(text, at, 1) !== 2);

const isBehind = (text: string, sign: string, at: number): boolean =>
  at >= sign.length &&
  text.startsWith(sign, at - sign.length) &&
  (sign !== '*' || runOf(text, at - 1, -1) !== 2);

function runOf(text: string, at: number, step: 1 | -1): number {
  let length = 0;
  while (text.charAt(at + step * length) === '*') length++;
  return length;
}

/** The word that the cursor is in; or what is selected, without what begins its line, and blanks at its ends. */
function spanOf(text: string, from: number, to: number): [number, number] {
  let [start, end] = [from, to];
  if (start === end) {
    const isInWord = WORD.test(text.charAt(start - 1)) && WORD.test(text.charAt(end));
    if (!isInWord) return [start, end];
    while (WORD.test(text.charAt(start - 1))) start--;
    while (WORD.test(text.charAt(end))) end++;
    return [start, end];
  }
  if (start === startOfLine(text, start)) {
    start += LINE_START.exec(text.slice(start, end))?.[0].length ?? 0;
  }
  while (start < end && /\s/.test(text.charAt(start))) start++;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  return [start, end];
}

/** Each line by itself: a mark ends with its paragraph, or with the item of its list. */
function toggledLines(mark: InlineMark, { text, from, to }: Selected): Change {
  const [sign = ''] = MARKS[mark];
  const lines = text.slice(from, to).split('\n').map(partsOf);
  const written = lines.filter(({ said }) => said !== '');
  const isOn = written.length > 0 && written.every(({ said }) => isMarked(said, sign));
  const changed = lines.map(({ before, said, after }) => {
    if (said === '') return `${before}${after}`;
    const bare = isMarked(said, sign) ? said.slice(sign.length, -sign.length) : said;
    return `${before}${isOn ? bare : `${sign}${bare}${sign}`}${after}`;
  });
  return replacing(from, to, changed.join('\n'));
}

function partsOf(line: string): { before: string; said: string; after: string } {
  const start = LINE_START.exec(line)?.[0].length ?? 0;
  const said = line.slice(start).trim();
  const at = said === '' ? line.length : line.indexOf(said, start);
  return { before: line.slice(0, at), said, after: line.slice(at + said.length) };
}

/** Whole lines between two lines of backticks. */
function toggledFence({ text, from, to }: Selected): Change {
  const start = startOfLine(text, from);
  const said = text.slice(start, to);
  const lines = said.split('\n');
  if (lines.length > 2 && lines[0] === FENCE && lines.at(-1) === FENCE) {
    return replacing(start, to, lines.slice(1, -1).join('\n'));
  }
  const isOutside =
    text.slice(0, start).endsWith(`${FENCE}\n`) && text.slice(to).startsWith(`\n${FENCE}`);
  if (isOutside) {
    const opening = FENCE.length + 1;
    return replacing(start - opening, to + opening, said);
  }
  const inside = start + FENCE.length + 1;
  const after = /^[^\n]/.test(text.slice(to, to + 1)) ? '\n' : '';
  return replacing(start, to, `${FENCE}\n${said}\n${FENCE}${after}`, [
    inside,
    inside + said.length,
  ]);
}
