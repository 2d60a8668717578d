// What must happen elsewhere: written with the events that cause it, delivered at least once.

import * as v from 'valibot';

export const OUTBOX_TABLE = `CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  effects TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL
)`;

/** An undelivered batch that nobody retried in memory is found by the alarm after this. */
const SAFETY_NET_MS = 10_000;
const BACKOFF_FIRST_MS = 1_000;
const BACKOFF_MOST_MS = 3_600_000;
/** Tries over a good hour; then it is an operator's turn. */
const MOST_ATTEMPTS = 12;
/** Not tried yet, and not to be before its time. */
const POSTPONED = -1;

type Row = { id: number; effects: string; attempts: number; due_at: number };

/** Doubles from a second to an hour. */
export function retryDelayMs(attempts: number): number {
  return Math.min(BACKOFF_MOST_MS, BACKOFF_FIRST_MS * 2 ** (attempts - 1));
}

const storedSchema = v.pipe(v.string(), v.parseJson(), v.array(v.unknown()));

/** What an outbox gives up, and why. */
export interface GivenUp {
  readonly outboxId: number;
  /** As JSON. */
  readonly effects: string;
  readonly problem: string;
}

interface OutboxOptions<Effect> {
  /** Reads an effect as any version has stored it. */
  read: (stored: unknown) => Effect;
  deliver: (effect: Effect) => Promise<void>;
  /** Tells an operator; when that fails too, it is tried again. */
  giveUp: (what: GivenUp) => Promise<void>;
  now: () => number;
}

export class Outbox<Effect> {
  readonly #sql: SqlStorage;
  readonly #options: OutboxOptions<Effect>;
  /** By row. */
  readonly #underWay = new Map<number, Promise<void>>();
  #hasNew = false;

  constructor(sql: SqlStorage, options: OutboxOptions<Effect>) {
    this.#sql = sql;
    this.#options = options;
  }

  /** Runs inside the caller's transaction. The effects of one decision share a row. */
  post(effects: readonly Effect[]): undefined {
    if (effects.length > 0) this.#insert(effects, 0, this.#options.now() + SAFETY_NET_MS);
  }

  /** The same for what may wait until then. Until it is delivered, nothing more may be put off. */
  postpone(effects: readonly Effect[], until: number): undefined {
    this.#insert(effects, POSTPONED, until);
  }

  get hasPostponed(): boolean {
    const query = 'SELECT 1 FROM outbox WHERE attempts = ? LIMIT 1';
    return this.#sql.exec(query, POSTPONED).toArray().length > 0;
  }

  #insert(effects: readonly Effect[], attempts: number, dueAt: number): void {
    this.#hasNew = true;
    this.#sql.exec(
      'INSERT INTO outbox (effects, attempts, due_at) VALUES (?, ?, ?)',
      JSON.stringify(effects),
      attempts,
      dueAt,
    );
  }

  /** Whether something was posted since the last drain began. */
  get hasNew(): boolean {
    return this.#hasNew;
  }

  nextAt(): number | null {
    return this.#sql
      .exec<{ at: number | null }>(
        'SELECT min(due_at) AS at FROM outbox WHERE attempts < ?',
        MOST_ATTEMPTS,
      )
      .one().at;
  }

  /** Tries once more what was given up. */
  requeue(outboxId: number): void {
    this.#sql.exec(
      'UPDATE outbox SET attempts = 0, due_at = ? WHERE id = ?',
      this.#options.now() + SAFETY_NET_MS,
      outboxId,
    );
  }

  /**
   * Delivers what is new or due, each row by itself: one that takes long holds up no other. Never throws: what fails
   * stays, with a later due time.
   */
  async drain(): Promise<void> {
    this.#hasNew = false;
    for (;;) {
      for (const row of this.#dueRows()) {
        const delivery = this.#deliver(row).finally(() => this.#underWay.delete(row.id));
        this.#underWay.set(row.id, delivery);
      }
      if (this.#underWay.size === 0) return;
      await Promise.race(this.#underWay.values());
    }
  }

  async #deliver(row: Row): Promise<void> {
    const { left, problem } = await this.#deliverEach(this.#read(row.effects));
    if (left.length === 0) this.#sql.exec('DELETE FROM outbox WHERE id = ?', row.id);
    else await this.#failed(row, JSON.stringify(left), problem);
  }

  #read(effects: string): Effect[] {
    return v.parse(storedSchema, effects).map((effect) => this.#options.read(effect));
  }

  async #failed({ id, attempts: before }: Row, effects: string, problem: string): Promise<void> {
    let attempts = Math.max(0, before) + 1;
    if (attempts === MOST_ATTEMPTS) {
      const isTold = await succeeds(this.#options.giveUp({ outboxId: id, effects, problem }));
      if (!isTold) attempts -= 1;
    }
    this.#sql.exec(
      'UPDATE outbox SET effects = ?, attempts = ?, due_at = ? WHERE id = ?',
      effects,
      attempts,
      this.#options.now() + retryDelayMs(attempts),
      id,
    );
  }

  #dueRows(): Row[] {
    return this.#sql
      .exec<Row>(
        `SELECT * FROM outbox WHERE attempts < ? AND (attempts = 0 OR due_at <= ?) ORDER BY id`,
        MOST_ATTEMPTS,
        this.#options.now(),
      )
      .toArray()
      .filter(({ id }) => !this.#underWay.has(id));
  }

  /** At the same time: receivers order by `seq`, not by arrival. */
  async #deliverEach(effects: readonly Effect[]): Promise<{ left: Effect[]; problem: string }> {
    const left: Effect[] = [];
    let problem = '';
    const deliver = async (effect: Effect) => {
      try {
        await this.#options.deliver(effect);
      } catch (error) {
        problem = String(error);
        console.error('outbox: will be retried', effect, problem);
        left.push(effect);
      }
    };
    await Promise.all(effects.map(deliver));
    return { left, problem };
  }
}

async function succeeds(work: Promise<void>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    console.error('outbox: could not tell that it gives up', String(error));
    return false;
  }
}
