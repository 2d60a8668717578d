// How many conversations have entered a department today, in UTC. Not each of them is worth a row: one in a
// thousandth of the ceiling is written, by chance, and stands for as many. So the count is right within some per cent.

const DAY_MS = 86_400_000;
const STEPS = 1000;

export const COUNT_TABLE = `CREATE TABLE day_count (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    day INTEGER NOT NULL,
    conversations INTEGER NOT NULL
  )`;

interface Count {
  readonly day: number;
  readonly conversations: number;
}

export class DayCount {
  readonly #sql: SqlStorage;
  readonly #random: () => number;
  #count: Count;

  /** @param random from 0 to below 1 */
  constructor(sql: SqlStorage, random: () => number = Math.random) {
    this.#sql = sql;
    this.#random = random;
    this.#count = this.#sql
      .exec<{ day: number; conversations: number }>('SELECT day, conversations FROM day_count')
      .toArray()[0] ?? { day: 0, conversations: 0 };
  }

  /** @param now epoch milliseconds */
  at(now: number): number {
    return this.#count.day === dayOf(now) ? this.#count.conversations : 0;
  }

  /** One more has entered. */
  add(ceiling: number, now: number): void {
    const step = Math.max(1, Math.floor(ceiling / STEPS));
    if (this.#random() * step >= 1) return;
    this.#count = { day: dayOf(now), conversations: this.at(now) + step };
    this.#sql.exec(
      'INSERT OR REPLACE INTO day_count VALUES (1, ?, ?)',
      this.#count.day,
      this.#count.conversations,
    );
  }
}

/** Epoch milliseconds: when the next day begins. */
export const nextDay = (now: number): number => (dayOf(now) + 1) * DAY_MS;

const dayOf = (now: number): number => Math.floor(now / DAY_MS);
