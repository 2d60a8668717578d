// Numbered SQL, run once in each object. Append-only: an object may be asleep for years.

export function migrate(storage: DurableObjectStorage, migrations: readonly string[]): void {
  storage.transactionSync(() => {
    const { sql } = storage;
    sql.exec('CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY)');
    const done = sql
      .exec<{ done: number }>('SELECT coalesce(max(number), 0) AS done FROM migration')
      .one().done;
    if (done === migrations.length) return;
    for (const statements of migrations.slice(done)) sql.exec(statements);
    sql.exec('INSERT INTO migration VALUES (?)', migrations.length);
  });
}

/** True for an object that has never stored anything. */
export function isUntouched({ sql }: DurableObjectStorage): boolean {
  return sql.exec(`SELECT 1 FROM sqlite_master WHERE name = 'migration'`).toArray().length === 0;
}
