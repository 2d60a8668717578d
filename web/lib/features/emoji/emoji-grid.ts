// The rows in which emoji are shown, and the way from one to the next by the arrow keys. Pure.

export const COLUMNS = 8;

export interface Place {
  readonly row: number;
  readonly column: number;
}

export const FIRST: Place = { row: 0, column: 0 };

export function rowsOf<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / COLUMNS);
  return Array.from({ length: count }, (_, row) => all.slice(row * COLUMNS, (row + 1) * COLUMNS));
}

/**
 * Null for a key that leads nowhere.
 * @param lengths of the rows
 */
export function moved(
  lengths: readonly number[],
  { row, column }: Place,
  key: string,
  isRightToLeft: boolean,
): Place | null {
  const forward = isRightToLeft ? 'ArrowLeft' : 'ArrowRight';
  const back = isRightToLeft ? 'ArrowRight' : 'ArrowLeft';
  const length = (of: number) => lengths[of] ?? 0;
  const inRow = (of: number) =>
    length(of) > 0 ? { row: of, column: Math.min(column, length(of) - 1) } : { row, column };
  if (key === 'ArrowDown') return inRow(row + 1);
  if (key === 'ArrowUp') return inRow(row - 1);
  if (key === forward) {
    if (column + 1 < length(row)) return { row, column: column + 1 };
    return length(row + 1) > 0 ? { row: row + 1, column: 0 } : { row, column };
  }
  if (key !== back) return null;
  if (column > 0) return { row, column: column - 1 };
  return length(row - 1) > 0 ? { row: row - 1, column: length(row - 1) - 1 } : { row, column };
}
