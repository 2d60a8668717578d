// A department's SQLite: its queue, clustered in the order it is worked off, and its roster.

import { QUEUE_IN_SIGHT, type QueueEntry, type RosterEntry } from '#shared/department.ts';
import type { AgentId, ConversationId } from '#shared/ids.ts';
import { migrate } from '../parts/migrate.ts';

const MIGRATIONS = [
  // An entry that has left keeps its row for a while, without a body: a late word of its queueing is
  // then known to be old. The key is the queue's order, so that no index is paid for.
  `CREATE TABLE queue (
    queued_at INTEGER NOT NULL,
    conversation_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    body TEXT,
    left_at INTEGER,
    PRIMARY KEY (queued_at, conversation_id)
  ) WITHOUT ROWID;
  CREATE TABLE roster (
    agent_id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    body TEXT
  ) WITHOUT ROWID`,
];

const LEFT_IS_REMEMBERED_MS = 60_000;
const SWEPT_AT_A_TIME = 20;

type Body = { body: string };

export class DepartmentStorage {
  readonly #sql: SqlStorage;

  constructor(storage: DurableObjectStorage) {
    this.#sql = storage.sql;
    migrate(storage, MIGRATIONS);
  }

  /** The first of the queue, in order. */
  queue(): QueueEntry[] {
    return this.#sql
      .exec<Body>(
        'SELECT body FROM queue WHERE body IS NOT NULL ORDER BY queued_at, conversation_id LIMIT ?',
        QUEUE_IN_SIGHT,
      )
      .toArray()
      .map(({ body }) => JSON.parse(body) as QueueEntry); // Only `put` writes bodies.
  }

  /** Returns false for a word that is older than what is known. */
  put(entry: QueueEntry): boolean {
    const { queuedAt, conversationId, seq } = entry;
    const written = this.#sql.exec(
      `INSERT INTO queue VALUES (?, ?, ?, ?, NULL) ON CONFLICT DO UPDATE
       SET seq = excluded.seq, body = excluded.body, left_at = NULL WHERE queue.seq < excluded.seq`,
      queuedAt,
      conversationId,
      seq,
      JSON.stringify(entry),
    );
    return written.rowsWritten > 0;
  }

  remove(conversationId: ConversationId, queuedAt: number, seq: number, now: number): boolean {
    this.#sweep(now);
    const written = this.#sql.exec(
      `INSERT INTO queue VALUES (?, ?, ?, NULL, ?) ON CONFLICT DO UPDATE
       SET seq = excluded.seq, body = NULL, left_at = excluded.left_at WHERE queue.seq < excluded.seq`,
      queuedAt,
      conversationId,
      seq,
      now,
    );
    return written.rowsWritten > 0;
  }

  roster(): RosterEntry[] {
    return this.#sql
      .exec<Body>('SELECT body FROM roster WHERE body IS NOT NULL')
      .toArray()
      .map(({ body }) => JSON.parse(body) as RosterEntry); // Only `enrol` writes bodies.
  }

  /** `entry` null: he is no longer a member. Returns false for an old word. */
  enrol(agentId: AgentId, version: number, entry: RosterEntry | null): boolean {
    const written = this.#sql.exec(
      `INSERT INTO roster VALUES (?, ?, ?) ON CONFLICT DO UPDATE
       SET version = excluded.version, body = excluded.body WHERE roster.version < excluded.version`,
      agentId,
      version,
      entry && JSON.stringify(entry),
    );
    return written.rowsWritten > 0;
  }

  /** What has left stands, mostly, at the front: a few rows at a time keep it short. */
  #sweep(now: number): void {
    this.#sql.exec(
      `DELETE FROM queue WHERE left_at < ? AND (queued_at, conversation_id) IN
       (SELECT queued_at, conversation_id FROM queue ORDER BY queued_at LIMIT ?)`,
      now - LEFT_IS_REMEMBERED_MS,
      SWEPT_AT_A_TIME,
    );
  }
}
