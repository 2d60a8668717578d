// What a shortcut does to the text of a field: what is replaced by what, and what is selected then. Pure.

export interface Selected {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

export interface Change {
  /** What is replaced, and by what. */
  readonly from: number;
  readonly to: number;
  readonly by: string;
  /** What is selected then. */
  readonly select: readonly [from: number, to: number];
}

export const startOfLine = (text: string, at: number): number =>
  at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;

export function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** Only what differs is replaced, so that as little as possible has to be taken back. */
export const replacing = (
  from: number,
  to: number,
  by: string,
  select: readonly [number, number] = [from, from + by.length],
): Change => ({ from, to, by, select });
