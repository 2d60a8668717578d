// A department's SQLite: what waits in it, what has passed through it, and its roster.

import type { QueueEntry, RosterEntry } from '#shared/department.ts';
import type { AgentId, ConversationId } from '#shared/ids.ts';
import { migrate, type Schema } from '../parts/migrate.ts';

// What has left the queue is remembered: a late report of its queueing is then known to be old, and a rebuild knows
// which conversations there are.
const REMEMBERED = `CREATE TABLE passed (
    conversation_id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE roster (
    agent_id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    body TEXT
  ) WITHOUT ROWID`;

// The order is kept in memory, so that it costs no index and may follow what changes.
const WAITING = `CREATE TABLE waiting (
    conversation_id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    body TEXT NOT NULL
  ) WITHOUT ROWID`;

export const SCHEMA: Schema = {
  tables: `${WAITING}; ${REMEMBERED}`,
  steps: [
    `CREATE TABLE queue (
      queued_at INTEGER NOT NULL,
      conversation_id TEXT NOT NULL,
      seq INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (queued_at, conversation_id)
    ) WITHOUT ROWID;
    ${REMEMBERED}`,
    `${WAITING};
    INSERT INTO waiting SELECT conversation_id, seq, body FROM queue;
    DROP TABLE queue`,
  ],
};

type Body = { body: string };

export class DepartmentStorage {
  readonly #sql: SqlStorage;

  constructor(storage: DurableObjectStorage) {
    this.#sql = storage.sql;
    migrate(storage, SCHEMA);
  }

  /** In no order. */
  waiting(): QueueEntry[] {
    return this.#sql
      .exec<Body>('SELECT body FROM waiting')
      .toArray()
      .map(({ body }) => ({ ...BEFORE_PRIORITIES, ...(JSON.parse(body) as QueueEntry) })); // Only `put` writes bodies.
  }

  /** Returns false for what is older than what is known. */
  put(entry: QueueEntry): boolean {
    const { conversationId, seq } = entry;
    if (this.#passedAt(conversationId) >= seq) return false;
    const written = this.#sql.exec(
      `INSERT INTO waiting VALUES (?, ?, ?) ON CONFLICT DO UPDATE
       SET seq = excluded.seq, body = excluded.body WHERE waiting.seq < excluded.seq`,
      conversationId,
      seq,
      JSON.stringify(entry),
    );
    return written.rowsWritten > 0;
  }

  /** Returns false for what is older than what is known. */
  remove(conversationId: ConversationId, seq: number): boolean {
    if (this.#passedAt(conversationId) >= seq) return false;
    this.#sql.exec('INSERT OR REPLACE INTO passed VALUES (?, ?)', conversationId, seq);
    this.#sql.exec(
      'DELETE FROM waiting WHERE conversation_id = ? AND seq < ?',
      conversationId,
      seq,
    );
    return true;
  }

  /** Every conversation that is or was here, in the order of ids, from behind `after` on. */
  conversationIds(after: string, limit: number): ConversationId[] {
    return this.#sql
      .exec<{ id: string }>(
        `SELECT conversation_id AS id FROM passed WHERE conversation_id > ?1
         UNION SELECT conversation_id FROM waiting WHERE conversation_id > ?1 ORDER BY 1 LIMIT ?2`,
        after,
        limit,
      )
      .toArray()
      .map(({ id }) => id as ConversationId); // Stored from a parsed id.
  }

  roster(): RosterEntry[] {
    return this.#sql
      .exec<Body>('SELECT body FROM roster WHERE body IS NOT NULL')
      .toArray()
      .map(({ body }) => ({ ...BEFORE_ROUTING, ...(JSON.parse(body) as RosterEntry) })); // Only `putRosterEntry` writes bodies.
  }

  /** `entry` null: they are no longer a member. Returns false for an old version. */
  putRosterEntry(agentId: AgentId, version: number, entry: RosterEntry | null): boolean {
    const written = this.#sql.exec(
      `INSERT INTO roster VALUES (?, ?, ?) ON CONFLICT DO UPDATE
       SET version = excluded.version, body = excluded.body WHERE roster.version < excluded.version`,
      agentId,
      version,
      entry && JSON.stringify(entry),
    );
    return written.rowsWritten > 0;
  }

  /** The `seq` at which a conversation last left the queue; 0 when it never did. */
  #passedAt(conversationId: ConversationId): number {
    const row = this.#sql
      .exec<{ seq: number }>('SELECT seq FROM passed WHERE conversation_id = ?', conversationId)
      .toArray()[0];
    return row?.seq ?? 0;
  }
}

// What bodies lack that were written by earlier releases.
const BEFORE_PRIORITIES = { priority: '', rank: 0, dueAt: null, openedAt: 0, lostBy: null };
const BEFORE_ROUTING = { open: 0, openHere: 0, limit: 1, assignedAt: 0, handlingMs: null };
