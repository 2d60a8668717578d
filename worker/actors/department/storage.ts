// A department's SQLite: what waits in it, in order, what has passed through it, and its roster.

import type { QueueEntry } from '#shared/department.ts';
import type { AgentId, ConversationId, VisitorId } from '#shared/ids.ts';
import { migrate, type Schema } from '../parts/migrate.ts';
import type { AgentReport } from './agent-report.ts';
import { BLOCKED_TABLE, BlockedVisitors } from './blocked-visitors.ts';
import { COUNT_TABLE } from './day-count.ts';
import type { ConversationKey, StoredQueue } from './queue.ts';

const ROSTER = `CREATE TABLE roster (
    agent_id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    body TEXT
  ) WITHOUT ROWID`;

// What has left the queue keeps its row: a late report of its queueing is then known to be old, and a rebuild knows
// which conversations there are. A visitor's lie together, so that they are counted without an index of their own.
const CONVERSATIONS = `CREATE TABLE conversation (
    visitor_id TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    waits INTEGER NOT NULL,
    body TEXT,
    PRIMARY KEY (visitor_id, conversation_id)
  ) WITHOUT ROWID;
  CREATE INDEX waiting ON conversation (rank, due_at, opened_at, conversation_id)
  WHERE waits = 1`;

/** When nothing is promised: after every promise. */
const NEVER = Number.MAX_SAFE_INTEGER;

export const SCHEMA: Schema = {
  tables: `${CONVERSATIONS}; ${ROSTER}; ${COUNT_TABLE}; ${BLOCKED_TABLE}`,
  steps: [
    `CREATE TABLE queue (
      queued_at INTEGER NOT NULL,
      conversation_id TEXT NOT NULL,
      seq INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (queued_at, conversation_id)
    ) WITHOUT ROWID;
    CREATE TABLE passed (
      conversation_id TEXT PRIMARY KEY,
      seq INTEGER NOT NULL
    ) WITHOUT ROWID;
    ${ROSTER}`,
    `CREATE TABLE waiting (
      conversation_id TEXT PRIMARY KEY,
      seq INTEGER NOT NULL,
      body TEXT NOT NULL
    ) WITHOUT ROWID;
    INSERT INTO waiting SELECT conversation_id, seq, body FROM queue;
    DROP TABLE queue`,
    // Whose they are was not stored.
    `ALTER TABLE waiting RENAME TO waiting_before;
    ${CONVERSATIONS};
    INSERT INTO conversation
    SELECT '', conversation_id, seq, coalesce(body ->> 'rank', 0), coalesce(body ->> 'dueAt', ${NEVER}),
      coalesce(body ->> 'openedAt', 0), 1, body
    FROM waiting_before;
    INSERT OR IGNORE INTO conversation
    SELECT '', conversation_id, seq, 0, 0, 0, 0, NULL FROM passed;
    DROP TABLE waiting_before;
    DROP TABLE passed`,
    COUNT_TABLE,
    BLOCKED_TABLE,
  ],
};

/** Null: any. */
export interface WaitingFilter {
  readonly visitorId: VisitorId | null;
  /** Epoch milliseconds. */
  readonly openedBefore: number | null;
}

type Body = { body: string };
type Key = { visitor_id: string; conversation_id: string };

/** What a report means for a conversation. */
interface Change {
  /** Whether it waited here until now. */
  readonly waited: boolean;
  /** Whether it was never here. */
  readonly isNew: boolean;
}
type Row = { visitor_id: string; seq: number; rank: number; due_at: number; waits: number };

export class DepartmentStorage implements StoredQueue {
  readonly blocked: BlockedVisitors;
  readonly #sql: SqlStorage;

  constructor(storage: DurableObjectStorage) {
    this.#sql = storage.sql;
    migrate(storage, SCHEMA);
    this.blocked = new BlockedVisitors(storage.sql);
  }

  length(): number {
    return this.#count('waits = 1');
  }

  get(key: ConversationKey): QueueEntry | undefined {
    return this.#sql
      .exec<Body>(`SELECT body FROM conversation WHERE ${IS_IT} AND waits = 1`, ...itIs(key))
      .toArray()
      .map(entryOf)[0];
  }

  page(after: QueueEntry | null, limit: number): QueueEntry[] {
    const from = after ? orderOf(after) : [-1, 0, 0, ''];
    return this.#sql
      .exec<Body>(
        `SELECT body FROM conversation
         WHERE waits = 1 AND (${ORDER}) > (?, ?, ?, ?) ORDER BY ${ORDER} LIMIT ?`,
        ...from,
        limit,
      )
      .toArray()
      .map(entryOf);
  }

  behind(entry: QueueEntry): number {
    return this.#count(`waits = 1 AND (${ORDER}) > (?, ?, ?, ?)`, ...orderOf(entry));
  }

  /** How many of a visitor's conversations wait. */
  waitingOf(visitorId: VisitorId): number {
    return this.#count('visitor_id = ? AND waits = 1', visitorId);
  }

  /** Null for what is older than what is known. */
  put(entry: QueueEntry): (Change & { readonly moves: boolean }) | null {
    const before = this.#before(entry, entry.seq);
    if (!before) return null;
    const { known, ...change } = before;
    const dueAt = entry.dueAt ?? NEVER;
    const moves = !change.waited || known?.rank !== entry.rank || known.due_at !== dueAt;
    if (moves) this.#place(entry, dueAt);
    else this.#rewrite(entry);
    return { ...change, moves };
  }

  /** Null for what is older than what is known. */
  remove(key: ConversationKey, seq: number): Change | null {
    const before = this.#before(key, seq);
    if (!before) return null;
    this.#sql.exec(
      `INSERT INTO conversation VALUES (?, ?, ?, 0, 0, 0, 0, NULL) ON CONFLICT DO UPDATE
       SET seq = excluded.seq, waits = 0, body = NULL`,
      key.visitorId ?? '',
      key.conversationId,
      seq,
    );
    return before;
  }

  /** Nothing of it is left anywhere. */
  forget(key: ConversationKey): void {
    this.#sql.exec(`DELETE FROM conversation WHERE ${IS_IT}`, ...itIs(key));
  }

  /** Every conversation that is or was here, in the order of their keys, from behind `after` on. */
  keys(after: ConversationKey | null, limit: number): ConversationKey[] {
    return this.#sql
      .exec<Key>(
        `SELECT visitor_id, conversation_id FROM conversation
         WHERE (visitor_id, conversation_id) > (?, ?) ORDER BY 1, 2 LIMIT ?`,
        after?.visitorId ?? '',
        after?.conversationId ?? '',
        limit,
      )
      .toArray()
      .map(keyOf);
  }

  /** Those that wait, in the order of their keys, from behind `after` on. */
  waiting(which: WaitingFilter, after: ConversationKey | null, limit: number): ConversationKey[] {
    return this.#sql
      .exec<Key>(
        `SELECT visitor_id, conversation_id FROM conversation
         WHERE waits = 1 AND (?1 IS NULL OR visitor_id = ?1) AND (?2 IS NULL OR opened_at < ?2)
           AND (visitor_id, conversation_id) > (?3, ?4)
         ORDER BY 1, 2 LIMIT ?5`,
        which.visitorId,
        which.openedBefore,
        after?.visitorId ?? '',
        after?.conversationId ?? '',
        limit,
      )
      .toArray()
      .map(keyOf);
  }

  roster(): AgentReport[] {
    return this.#sql
      .exec<Body>('SELECT body FROM roster WHERE body IS NOT NULL')
      .toArray()
      .map(({ body }) => ({ ...BEFORE_ROUTING, ...(JSON.parse(body) as AgentReport) })); // Only `putReport` writes bodies.
  }

  /** `report` null: they are no longer a member. Returns false for an old version. */
  putReport(agentId: AgentId, version: number, report: AgentReport | null): boolean {
    const written = this.#sql.exec(
      `INSERT INTO roster VALUES (?, ?, ?) ON CONFLICT DO UPDATE
       SET version = excluded.version, body = excluded.body WHERE roster.version < excluded.version`,
      agentId,
      version,
      report && JSON.stringify(report),
    );
    return written.rowsWritten > 0;
  }

  #place(entry: QueueEntry, dueAt: number): void {
    this.#sql.exec(
      `INSERT INTO conversation VALUES (?, ?, ?, ?, ?, ?, 1, ?) ON CONFLICT DO UPDATE
       SET seq = excluded.seq, rank = excluded.rank, due_at = excluded.due_at,
         opened_at = excluded.opened_at, waits = 1, body = excluded.body`,
      entry.visitorId ?? '',
      entry.conversationId,
      entry.seq,
      entry.rank,
      dueAt,
      entry.openedAt,
      JSON.stringify(entry),
    );
  }

  /** Where it is. Its place in the index is a row of its own. */
  #rewrite(entry: QueueEntry): void {
    this.#sql.exec(
      `UPDATE conversation SET seq = ?, body = ? WHERE ${IS_IT}`,
      entry.seq,
      JSON.stringify(entry),
      ...itIs(entry),
    );
  }

  #before(key: ConversationKey, seq: number): (Change & { readonly known?: Row }) | null {
    const known = this.#sql
      .exec<Row>(
        `SELECT visitor_id, seq, rank, due_at, waits
         FROM conversation WHERE ${IS_IT}`,
        ...itIs(key),
      )
      .toArray()[0];
    if (!known) return { waited: false, isNew: true };
    if (known.seq >= seq) return null;
    if (known.visitor_id === '' && key.visitorId !== null) this.#learnVisitor(key);
    return { waited: known.waits === 1, isNew: false, known };
  }

  #learnVisitor({ visitorId, conversationId }: ConversationKey): void {
    this.#sql.exec(
      `UPDATE conversation SET visitor_id = ? WHERE visitor_id = '' AND conversation_id = ?`,
      visitorId,
      conversationId,
    );
  }

  #count(where: string, ...values: (string | number)[]): number {
    const query = `SELECT count(*) AS n FROM conversation WHERE ${where}`;
    return this.#sql.exec<{ n: number }>(query, ...values).one().n;
  }
}

// The index has this order, and so has `inQueueOrder`.
const ORDER = 'rank, due_at, opened_at, conversation_id';
const orderOf = ({ rank, dueAt, openedAt, conversationId }: QueueEntry) =>
  [rank, dueAt ?? NEVER, openedAt, conversationId] as const;

/** A row that an earlier release has written has no visitor. */
const IS_IT = `visitor_id IN (?, '') AND conversation_id = ?`;
const itIs = ({ visitorId, conversationId }: ConversationKey) =>
  [visitorId ?? '', conversationId] as const;

const keyOf = ({ visitor_id, conversation_id }: Key): ConversationKey => ({
  // Stored from parsed ids.
  visitorId: visitor_id === '' ? null : (visitor_id as VisitorId),
  conversationId: conversation_id as ConversationId,
});

const entryOf = ({ body }: Body): QueueEntry => ({
  ...BEFORE_PRIORITIES,
  ...(JSON.parse(body) as QueueEntry), // Only `put` writes bodies.
});

// What bodies lack that were written by earlier releases.
const BEFORE_PRIORITIES = {
  ...{ visitorId: null, priority: '', rank: 0, dueAt: null, openedAt: 0, lostBy: null },
};
const BEFORE_ROUTING = {
  ...{ open: 0, openHere: 0, limit: 1, assignedAt: 0, handlingMs: null, serves: [] },
};
