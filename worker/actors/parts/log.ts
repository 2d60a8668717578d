// An append-only log of events in an object's SQLite, one row an event.

export const LOG_MIGRATION = `CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  command_id TEXT NOT NULL,
  body TEXT NOT NULL
)`;

interface Logged {
  readonly seq: number;
  /** The command that caused it. */
  readonly id: string;
}

type Row = Record<'body', string>;

export class Log<Event extends Logged> {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Runs inside the caller's transaction. */
  append(events: readonly Event[]): void {
    for (const event of events) {
      const { seq, id } = event;
      this.#sql.exec('INSERT INTO event VALUES (?, ?, ?)', seq, id, JSON.stringify(event));
    }
  }

  /**
   * The last `seq` that a command has already led to, or null. Commands need no index to be found: a
   * client says which `seq` it had when it minted the id, so what came of it can only stand after that.
   */
  seqOf(id: string, after: number): number | null {
    return this.#sql
      .exec<{ seq: number | null }>(
        'SELECT max(seq) AS seq FROM event WHERE seq > ? AND command_id = ?',
        after,
        id,
      )
      .one().seq;
  }

  /** In order, at most `limit` of them. */
  after(seq: number, limit: number): Event[] {
    return this.#read('SELECT body FROM event WHERE seq > ? ORDER BY seq LIMIT ?', seq, limit);
  }

  /** The `limit` events that end before `seq`, in order. */
  before(seq: number, limit: number): Event[] {
    return this.#read(
      'SELECT body FROM event WHERE seq < ? ORDER BY seq DESC LIMIT ?',
      seq,
      limit,
    ).reverse();
  }

  #read(query: string, ...bindings: number[]): Event[] {
    // The log holds only what `append` wrote, and events keep their shape forever.
    return this.#sql
      .exec<Row>(query, ...bindings)
      .toArray()
      .map(({ body }) => JSON.parse(body) as Event);
  }
}
