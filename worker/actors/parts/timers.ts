// Many named timers over an object's one alarm, durable and at least once.

export const TIMERS_TABLE = `CREATE TABLE timer (
  name TEXT PRIMARY KEY,
  due_at INTEGER NOT NULL
) WITHOUT ROWID`;

type Row = { name: string; due_at: number };

export class Timers<Name extends string> {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  set(name: Name, dueAt: number): void {
    this.#sql.exec('INSERT OR REPLACE INTO timer VALUES (?, ?)', name, dueAt);
  }

  /** Returns whether it was set. */
  cancel(name: Name): boolean {
    return this.#sql.exec('DELETE FROM timer WHERE name = ?', name).rowsWritten > 0;
  }

  /** Takes out and returns what is due. */
  takeDue(now: number): Name[] {
    const due = this.#sql.exec<Row>('SELECT * FROM timer WHERE due_at <= ?', now).toArray();
    for (const { name } of due) this.#sql.exec('DELETE FROM timer WHERE name = ?', name);
    return due.map(({ name }) => name as Name); // Only `set` writes names.
  }

  isDue(name: Name, now: number): boolean {
    const due = 'SELECT 1 FROM timer WHERE name = ? AND due_at <= ?';
    return this.#sql.exec(due, name, now).toArray().length > 0;
  }

  nextAt(): number | null {
    return this.#sql.exec<{ at: number | null }>('SELECT min(due_at) AS at FROM timer').one().at;
  }
}
