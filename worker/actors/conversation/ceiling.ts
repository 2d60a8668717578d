// How long a conversation gets. Then its visitor goes on in another.

import type { ConversationLog } from './log.ts';

const MOST_EVENTS = 5_000;
/** Of what the visitor has written. */
const MOST_BYTES = 5 * 1024 * 1024;

export class Ceiling {
  readonly #sql: SqlStorage;
  readonly #log: Pick<ConversationLog, 'seq'>;
  /** A database below this size can't hold too much of the visitor's. */
  #measureFrom = MOST_BYTES;

  constructor(sql: SqlStorage, log: Pick<ConversationLog, 'seq'>) {
    this.#sql = sql;
    this.#log = log;
  }

  get isReached(): boolean {
    if (this.#log.seq >= MOST_EVENTS) return true;
    const { databaseSize } = this.#sql;
    if (databaseSize < this.#measureFrom) return false;
    const left = MOST_BYTES - this.#bytesOfVisitor();
    this.#measureFrom = databaseSize + Math.max(0, left);
    return left <= 0;
  }

  #bytesOfVisitor(): number {
    return this.#sql
      .exec<{ bytes: number }>(
        `SELECT coalesce(sum(length(CAST(body AS BLOB))), 0) AS bytes FROM event
         WHERE body ->> '$.by.kind' = 'visitor'`,
      )
      .one().bytes;
  }
}
