// A long thread changes by a row at a time: rows that say the same stay the same object, so that only
// the changed ones are rendered again.

import type { Row } from './rows.ts';

export function reuseRows(before: readonly Row[], after: readonly Row[]): readonly Row[] {
  const known = new Map(before.map((row) => [row.key, row]));
  return after.map((row) => {
    const old = known.get(row.key);
    return old && saysTheSame(old, row) ? old : row;
  });
}

function saysTheSame(a: Row, b: Row): boolean {
  // A day or an event that has the same key is the same one, and never changes.
  if (a.kind !== 'message' || b.kind !== 'message') return a.kind === b.kind;
  return (
    a.state === b.state &&
    a.first === b.first &&
    a.last === b.last &&
    a.at === b.at &&
    a.item === b.item
  );
}
