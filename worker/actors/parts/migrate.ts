// The SQL of an object's tables. A new object gets today's tables at once; one that has slept for years runs the steps
// that it lacks.

export interface Schema {
  /** Today's tables, for an object that has none. */
  readonly tables: string;
  /** What has led to them, numbered from 1. Append-only. */
  readonly steps: readonly string[];
}

/** How many steps an object is at; 0 for one that has never stored anything. */
export function stepOf({ sql }: DurableObjectStorage): number {
  try {
    return sql.exec<{ step: number }>('SELECT max(number) AS step FROM migration').one().step;
  } catch {
    // There is no such table. Asking for it first would cost every waking object a second query.
    return 0;
  }
}

export function migrate(storage: DurableObjectStorage, { tables, steps }: Schema): void {
  const step = stepOf(storage);
  if (step === steps.length) return;
  storage.transactionSync(() => {
    const { sql } = storage;
    if (step === 0) {
      sql.exec(`CREATE TABLE migration (number INTEGER PRIMARY KEY); ${tables}`);
    } else {
      for (const missing of steps.slice(step)) sql.exec(missing);
    }
    sql.exec('INSERT INTO migration VALUES (?)', steps.length);
  });
}
