// An append-only table of events in an object's SQLite, one row an event.

export const EVENT_TABLE = `CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  command_id TEXT NOT NULL,
  body TEXT NOT NULL
)`;

export interface LoggedEvent {
  /** Gapless, from 1. */
  readonly seq: number;
  /** The command that caused it. */
  readonly id: string;
}

type Row = Record<'body', string>;

/** As it is sent, in UTF-8. */
const BYTES = 'length(CAST(body AS BLOB))';

export class EventTable<Event extends LoggedEvent> {
  readonly #sql: SqlStorage;
  readonly #upgrade: (stored: unknown) => Event;

  /** @param upgrade brings an event of an earlier version into today's shape */
  constructor(sql: SqlStorage, upgrade: (stored: unknown) => Event) {
    this.#sql = sql;
    this.#upgrade = upgrade;
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
   * client says which `seq` it had when it minted the id, so what came of it can only be after that.
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

  /** Of what follows `seq`. */
  bytesAfter(seq: number): number {
    return this.#sql
      .exec<{ bytes: number }>(
        `SELECT coalesce(sum(${BYTES}), 0) AS bytes FROM event WHERE seq > ?`,
        seq,
      )
      .one().bytes;
  }

  /** In order, at most `limit` of them. */
  after(seq: number, limit: number): Event[] {
    return this.#read('SELECT body FROM event WHERE seq > ? ORDER BY seq LIMIT ?', seq, limit);
  }

  /** Those of some types that follow `seq`, in order. */
  ofTypes(types: readonly string[], seq: number): Event[] {
    return this.#read(
      `SELECT body FROM event WHERE seq > ? AND body ->> '$.type' IN (SELECT value FROM json_each(?))
       ORDER BY seq`,
      seq,
      JSON.stringify(types),
    );
  }

  /** The events that end before `seq`, in order: at most `limit`, and of so many bytes. One always fits. */
  before(seq: number, limit: number, bytes: number): Event[] {
    // As long as all of it is so small, nothing need be measured.
    const from = this.#sql.databaseSize <= bytes ? 0 : this.#firstWithin(seq, limit, bytes);
    return this.#read(
      'SELECT body FROM event WHERE seq < ? AND seq >= ? ORDER BY seq DESC LIMIT ?',
      seq,
      from,
      limit,
    ).reverse();
  }

  #firstWithin(seq: number, limit: number, bytes: number): number {
    const sizes = this.#sql
      .exec<{ seq: number; bytes: number }>(
        `SELECT seq, ${BYTES} AS bytes FROM event WHERE seq < ? ORDER BY seq DESC LIMIT ?`,
        seq,
        limit,
      )
      .toArray();
    let left = bytes;
    const beyond = sizes.findIndex((event) => (left -= event.bytes) < 0);
    return beyond === -1 ? 0 : seq - Math.max(1, beyond);
  }

  #read(query: string, ...bindings: (number | string)[]): Event[] {
    return this.#sql
      .exec<Row>(query, ...bindings)
      .toArray()
      .map(({ body }) => this.#upgrade(JSON.parse(body)));
  }
}
