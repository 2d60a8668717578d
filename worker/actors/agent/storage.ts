// An agent's SQLite: who he is to the desk, and the places that his conversations take.

import * as v from 'valibot';
import type { AgentState } from '#shared/agent.ts';
import { rosterEntrySchema } from '#shared/department.ts';
import { departmentIdSchema, type ConversationId } from '#shared/ids.ts';
import { migrate } from '../parts/migrate.ts';
import { OUTBOX_MIGRATION } from '../parts/outbox.ts';
import { TIMERS_MIGRATION } from '../parts/timers.ts';

const MIGRATIONS = [
  [
    OUTBOX_MIGRATION,
    TIMERS_MIGRATION,
    'CREATE TABLE desk (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL)',
    // `until`: a reservation's end, or when a released place may be forgotten.
    `CREATE TABLE place (
      conversation_id TEXT PRIMARY KEY,
      seq INTEGER NOT NULL,
      status TEXT NOT NULL,
      until INTEGER NOT NULL
    ) WITHOUT ROWID`,
  ].join(';'),
  'CREATE TABLE draft (conversation_id TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID',
];

/** A reservation that no conversation confirms ends by itself. */
const RESERVATION_MS = 30_000;
/** How long a released place is remembered, so that a late word of holding it is known to be old. */
const RELEASED_MS = 3_600_000;

const deskSchema = v.object({
  ...rosterEntrySchema.entries,
  /** Whose rosters he stands on. */
  departments: v.array(departmentIdSchema),
});
export type DeskRow = v.InferOutput<typeof deskSchema>;

type PlaceRow = { conversation_id: string; seq: number; status: string; until: number };

export class AgentStorage {
  readonly #sql: SqlStorage;

  constructor(storage: DurableObjectStorage) {
    this.#sql = storage.sql;
    migrate(storage, MIGRATIONS);
  }

  loadDesk(): DeskRow | null {
    const row = this.#sql.exec<{ body: string }>('SELECT body FROM desk').toArray()[0];
    return row ? v.parse(deskSchema, JSON.parse(row.body)) : null;
  }

  saveDesk(desk: DeskRow): void {
    this.#sql.exec('INSERT OR REPLACE INTO desk VALUES (1, ?)', JSON.stringify(desk));
  }

  held(): ConversationId[] {
    return this.#sql
      .exec<PlaceRow>(`SELECT * FROM place WHERE status = 'held' ORDER BY until`)
      .toArray()
      .map((row) => row.conversation_id as ConversationId); // Stored from a parsed id.
  }

  /** Places that others than `conversationId` hold or have reserved. */
  countOthers(conversationId: ConversationId, now: number): number {
    return this.#sql
      .exec<{ taken: number }>(
        `SELECT count(*) AS taken FROM place WHERE conversation_id != ?
         AND (status = 'held' OR (status = 'reserved' AND until > ?))`,
        conversationId,
        now,
      )
      .one().taken;
  }

  reserve(conversationId: ConversationId, seq: number, now: number): void {
    this.#sql.exec(`DELETE FROM place WHERE status = 'released' AND until < ?`, now);
    this.#sql.exec(
      `INSERT INTO place VALUES (?, ?, 'reserved', ?) ON CONFLICT DO UPDATE
       SET seq = excluded.seq, status = excluded.status, until = excluded.until
       WHERE status != 'held' AND place.seq <= excluded.seq`,
      conversationId,
      seq,
      now + RESERVATION_MS,
    );
  }

  cancel(conversationId: ConversationId): void {
    this.#sql.exec(
      `DELETE FROM place WHERE conversation_id = ? AND status = 'reserved'`,
      conversationId,
    );
  }

  /** Returns false for a word that is older than what is known. */
  settle(conversationId: ConversationId, held: boolean, seq: number, now: number): boolean {
    // A held place keeps when it was taken in `until`, which orders the list.
    const written = this.#sql.exec(
      `INSERT INTO place VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE
       SET seq = excluded.seq, status = excluded.status, until = excluded.until
       WHERE place.seq < excluded.seq`,
      conversationId,
      seq,
      held ? 'held' : 'released',
      held ? now : now + RELEASED_MS,
    );
    return written.rowsWritten > 0;
  }

  drafts(): AgentState['drafts'] {
    const rows = this.#sql
      .exec<{ conversation_id: string; text: string }>('SELECT * FROM draft')
      .toArray();
    // Stored from parsed ids.
    return Object.fromEntries(rows.map((row) => [row.conversation_id, row.text]));
  }

  /** A blank text is no draft. */
  keepDraft(conversationId: ConversationId, text: string): void {
    if (text.trim() === '') {
      this.#sql.exec('DELETE FROM draft WHERE conversation_id = ?', conversationId);
    } else {
      this.#sql.exec('INSERT OR REPLACE INTO draft VALUES (?, ?)', conversationId, text);
    }
  }
}
