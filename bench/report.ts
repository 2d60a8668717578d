// What a stage has found, and how it is told.

import { digits } from './statistics.ts';

export interface Bar {
  readonly what: string;
  readonly found: string;
  readonly bar: string;
  readonly met: boolean;
}

export const atMost = (what: string, found: number, most: number, unit = ''): Bar => ({
  what,
  found: `${digits(found)}${unit}`,
  bar: `≤ ${most}${unit}`,
  met: found <= most,
});

export const atLeast = (what: string, found: number, least: number): Bar => ({
  what,
  found: digits(found),
  bar: `≥ ${least}`,
  met: found >= least,
});

export interface Section {
  readonly title: string;
  /** What was done, in a sentence or two. */
  readonly text: string;
  readonly tables: readonly string[];
  readonly bars: readonly Bar[];
}

type Cell = string | number;

export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '--:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

export const bars = (all: readonly Bar[]): string =>
  table(
    ['', 'found', 'bar', 'met'],
    all.map(({ what, found, bar, met }) => [what, found, bar, met ? 'yes' : '**no**']),
  );

export const section = ({ title, text, tables }: Section): string =>
  [`## ${title}`, text, ...tables].join('\n\n');
