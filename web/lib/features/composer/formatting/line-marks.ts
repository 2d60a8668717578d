// Lists and quotes: what begins a line. Pure.

import { endOfLine, replacing, startOfLine, type Change, type Selected } from './change.ts';

export type LineMark = 'bullets' | 'numbers' | 'quote';

const BEGUN: Readonly<Record<LineMark, RegExp>> = {
  bullets: /^[-*•] /,
  numbers: /^\d{1,3}[.)] /,
  quote: /^> ?/,
};

const startOf = (mark: LineMark, place: number): string => {
  if (mark === 'numbers') return `${place + 1}. `;
  return mark === 'bullets' ? '- ' : '> ';
};

/** The lines that are selected begin so, or don't any more. */
export function toggledLineMark(mark: LineMark, { text, from, to }: Selected): Change {
  const start = startOfLine(text, from);
  const end = endOfLine(text, to);
  const lines = text.slice(start, end).split('\n');
  const counted = lines.filter((line) => isCounted(line, lines));
  const isOn = counted.every((line) => BEGUN[mark].test(line));
  let place = 0;
  const changed = lines.map((line) => {
    if (!isCounted(line, lines)) return line;
    const bare = withoutStart(mark, line);
    return isOn ? bare : startOf(mark, place++) + bare;
  });
  const by = changed.join('\n');
  if (from !== to) return replacing(start, end, by);
  const cursor = Math.max(start, from + by.length - (end - start));
  return replacing(start, end, by, [cursor, cursor]);
}

/** Empty lines between others stay empty. */
const isCounted = (line: string, lines: readonly string[]): boolean =>
  line.trim() !== '' || lines.length === 1;

/** A line is in one list. A quote may have any line. */
function withoutStart(mark: LineMark, line: string): string {
  if (mark === 'quote') return line.replace(BEGUN.quote, '');
  return line.replace(BEGUN.bullets, '').replace(BEGUN.numbers, '');
}

/** What a new line begins with, in a list or a quote; an item with nothing in it ends its list. Null: with nothing. */
export function continued({ text, from, to }: Selected): Change | null {
  if (from !== to) return null;
  const start = startOfLine(text, from);
  if (isInCode(text, start)) return null;
  const line = text.slice(start, endOfLine(text, from));
  const begun = /^(?:([-*•]) |(\d{1,3})([.)]) |> ?)/.exec(line);
  if (!begun || from < start + begun[0].length) return null;
  const [whole, bullet, number, sign] = begun;
  if (line.trim() === whole.trim()) return replacing(start, start + line.length, '');
  const next = number === undefined ? `${bullet ?? '>'} ` : `${Number(number) + 1}${sign} `;
  const behind = from + 1 + next.length;
  return replacing(from, from, `\n${next}`, [behind, behind]);
}

/** Whether lines of backticks have begun code that has not ended. */
const isInCode = (text: string, at: number): boolean =>
  text
    .slice(0, at)
    .split('\n')
    .filter((line) => line.startsWith('```')).length %
    2 ===
  1;
