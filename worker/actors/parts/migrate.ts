// Numbered SQL, run once in each object. Append-only: an object may be asleep for years.

/** How many migrations an object has run; 0 for one that has never stored anything. */
export function migrated({ sql }: DurableObjectStorage): number {
  try {
    return sql.exec<{ done: number }>('SELECT max(number) AS done FROM migration').one().done;
  } catch {
    // There is no such table. Asking for it first would cost every waking object a second query.
    return 0;
  }
}

export function migrate(storage: DurableObjectStorage, migrations: readonly string[]): void {
  const done = migrated(storage);
  if (done === migrations.length) return;
  storage.transactionSync(() => {
    const { sql } = storage;
    sql.exec('CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY)');
    for (const statements of migrations.slice(done)) sql.exec(statements);
    sql.exec('INSERT INTO migration VALUES (?)', migrations.length);
  });
}
