// What must happen elsewhere: written with the events that cause it, delivered at least once.

export const OUTBOX_MIGRATION = `CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  effects TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL
)`;

/** An undelivered batch that nobody retried in memory is found by the alarm after this. */
const SAFETY_NET_MS = 10_000;
const BACKOFF_FIRST_MS = 1_000;
const BACKOFF_MOST_MS = 3_600_000;

type Row = { id: number; effects: string; attempts: number; due_at: number };

/** Doubles from a second to an hour. */
export function retryDelayMs(attempts: number): number {
  return Math.min(BACKOFF_MOST_MS, BACKOFF_FIRST_MS * 2 ** (attempts - 1));
}

export class Outbox<Effect> {
  readonly #sql: SqlStorage;
  readonly #deliver: (effect: Effect) => Promise<void>;
  readonly #now: () => number;
  #draining: Promise<void> | null = null;

  constructor(sql: SqlStorage, deliver: (effect: Effect) => Promise<void>, now: () => number) {
    this.#sql = sql;
    this.#deliver = deliver;
    this.#now = now;
  }

  /** Runs inside the caller's transaction. The effects of one decision share a row. */
  post(effects: readonly Effect[]): void {
    if (effects.length === 0) return;
    const dueAt = this.#now() + SAFETY_NET_MS;
    this.#sql.exec(
      'INSERT INTO outbox (effects, attempts, due_at) VALUES (?, 0, ?)',
      JSON.stringify(effects),
      dueAt,
    );
  }

  nextAt(): number | null {
    return this.#sql.exec<{ at: number | null }>('SELECT min(due_at) AS at FROM outbox').one().at;
  }

  /** Delivers what is new or due. Never throws: what fails stays, with a later due time. */
  async drain(): Promise<void> {
    while (this.#nextRow()) {
      this.#draining ??= this.#drainAll().finally(() => (this.#draining = null));
      await this.#draining;
    }
  }

  async #drainAll(): Promise<void> {
    for (let row = this.#nextRow(); row; row = this.#nextRow()) {
      // Only `post` writes effects.
      const left = await this.#deliverEach(JSON.parse(row.effects) as Effect[]);
      if (left.length === 0) {
        this.#sql.exec('DELETE FROM outbox WHERE id = ?', row.id);
        continue;
      }
      const attempts = row.attempts + 1;
      this.#sql.exec(
        'UPDATE outbox SET effects = ?, attempts = ?, due_at = ? WHERE id = ?',
        JSON.stringify(left),
        attempts,
        this.#now() + retryDelayMs(attempts),
        row.id,
      );
    }
  }

  #nextRow(): Row | undefined {
    return this.#sql
      .exec<Row>(
        'SELECT * FROM outbox WHERE attempts = 0 OR due_at <= ? ORDER BY id LIMIT 1',
        this.#now(),
      )
      .toArray()[0];
  }

  /** One that fails does not hold up the others: receivers order by `seq`, not by arrival. */
  async #deliverEach(effects: readonly Effect[]): Promise<Effect[]> {
    const left: Effect[] = [];
    for (const effect of effects) {
      try {
        await this.#deliver(effect);
      } catch (error) {
        console.error('outbox: will be retried', JSON.stringify(effect).slice(0, 200), error);
        left.push(effect);
      }
    }
    return left;
  }
}
