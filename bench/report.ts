// What a stage has found, and how it is told.

export interface Bar {
  readonly what: string;
  readonly found: string;
  readonly bar: string;
  readonly met: boolean;
}

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
    ['bar', 'found', 'at most', 'met'],
    all.map(({ what, found, bar, met }) => [what, found, bar, met ? 'yes' : '**no**']),
  );

export const section = ({ title, text, tables }: Section): string =>
  [`## ${title}`, text, ...tables].join('\n\n');
