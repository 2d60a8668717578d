// The part of a text that is shown of a hit: around the first mark.

import type { Mark } from './wanted.ts';

export interface Snippet {
  /** With an ellipsis where something is left out. */
  readonly text: string;
  /** In it. */
  readonly marks: readonly Mark[];
}

const MOST = 180;
const BEFORE = 50;
const ELLIPSIS = '…';

export function snippetOf(text: string, marks: readonly Mark[]): Snippet {
  const [first] = marks[0] ?? [0];
  const from = text.length <= MOST ? 0 : beginning(text, Math.max(0, first - BEFORE));
  const to = text.length - from <= MOST ? text.length : ending(text, from + MOST);
  const before = from > 0 ? ELLIPSIS : '';
  const by = before.length - from;
  return {
    text: `${before}${text.slice(from, to)}${to < text.length ? ELLIPSIS : ''}`,
    marks: marks
      .filter(([start]) => start < to)
      .map(([start, end]) => [start + by, Math.min(end, to) + by]),
  };
}

/** Behind a blank near there, else between two characters. */
function beginning(text: string, from: number): number {
  if (from === 0) return 0;
  const blank = text.indexOf(' ', from);
  return blank !== -1 && blank - from < 20 ? blank + 1 : from - halfAt(text, from);
}

function ending(text: string, to: number): number {
  const blank = text.lastIndexOf(' ', to);
  return to - blank < 20 ? blank : to - halfAt(text, to);
}

/** 1 where a character would be cut in two. */
const halfAt = (text: string, at: number): number =>
  /[\udc00-\udfff]/.test(text.charAt(at)) ? 1 : 0;

/** As a hit shows it. */
export function shownOf(
  text: string,
  all: readonly Mark[],
): { snippet: string; marks: [number, number][] } {
  const { text: snippet, marks } = snippetOf(text, all);
  return { snippet, marks: marks.map(([start, end]) => [start, end]) };
}
