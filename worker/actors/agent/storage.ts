// An agent's SQLite: his desk, the places that his conversations take, his drafts.

import * as v from 'valibot';
import type { AgentState, Place, PlaceKind } from '#shared/agent.ts';
import type { ConversationId, DepartmentId } from '#shared/ids.ts';
import { migrate } from '../parts/migrate.ts';
import { OUTBOX_MIGRATION } from '../parts/outbox.ts';
import { TIMERS_MIGRATION } from '../parts/timers.ts';
import { deskSchema, type Desk, type Service } from './desk.ts';

const MIGRATIONS = [
  [
    OUTBOX_MIGRATION,
    TIMERS_MIGRATION,
    'CREATE TABLE desk (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL)',
    // `until`: since when he has it, or when one that he has not may be forgotten.
    `CREATE TABLE place (
      conversation_id TEXT PRIMARY KEY,
      seq INTEGER NOT NULL,
      status TEXT NOT NULL,
      until INTEGER NOT NULL
    ) WITHOUT ROWID`,
  ].join(';'),
  'CREATE TABLE draft (conversation_id TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID',
  // A reservation stands beside what the conversation has said: one on hold may be about to be served.
  `ALTER TABLE place ADD COLUMN department_id TEXT NOT NULL DEFAULT '';
   ALTER TABLE place ADD COLUMN reserved_until INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE place ADD COLUMN reserved_seq INTEGER NOT NULL DEFAULT 0;
   UPDATE place SET status = 'serving' WHERE status = 'held'`,
];

/** A reservation that no conversation confirms ends by itself. */
const RESERVATION_MS = 30_000;
/** How long a released place is remembered, so that a late word of holding it is known to be old. */
const RELEASED_MS = 3_600_000;

/** What a conversation says about a place. */
export interface PlaceWord {
  readonly conversationId: ConversationId;
  readonly departmentId: DepartmentId;
  /** null: released. */
  readonly as: PlaceKind | null;
  /** Of the conversation's log. */
  readonly seq: number;
}

type PlaceRow = { conversation_id: string; status: string; until: number };

export class AgentStorage {
  readonly #sql: SqlStorage;

  constructor(storage: DurableObjectStorage) {
    this.#sql = storage.sql;
    migrate(storage, MIGRATIONS);
  }

  loadDesk(): Desk | null {
    const row = this.#sql.exec<{ body: string }>('SELECT body FROM desk').toArray()[0];
    return row ? v.parse(deskSchema, JSON.parse(row.body)) : null;
  }

  saveDesk(desk: Desk): void {
    this.#sql.exec('INSERT OR REPLACE INTO desk VALUES (1, ?)', JSON.stringify(desk));
  }

  places(): Place[] {
    return this.#sql
      .exec<PlaceRow>(
        `SELECT conversation_id, status, until FROM place
         WHERE status IN ('serving', 'on-hold', 'helping') ORDER BY until`,
      )
      .toArray()
      .map(({ conversation_id, status }) => ({
        conversationId: conversation_id as ConversationId, // Stored from a parsed id.
        as: status as PlaceKind, // As the query chose.
      }));
  }

  /**
   * Places taken or reserved, in all and by department.
   * @param except a conversation whose own place is not counted
   */
  open(
    now: number,
    invitedCount: boolean,
    except: ConversationId | null = null,
  ): { all: number; of: (departmentId: DepartmentId) => number } {
    const rows = this.#sql
      .exec<{ department_id: string; open: number }>(
        `SELECT department_id, count(*) AS open FROM place
         WHERE conversation_id IS NOT ?1
           AND (status = 'serving' OR (status = 'helping' AND ?2) OR reserved_until > ?3)
         GROUP BY department_id`,
        except,
        invitedCount ? 1 : 0,
        now,
      )
      .toArray();
    return {
      all: rows.reduce((sum, { open }) => sum + open, 0),
      of: (departmentId) => rows.find((row) => row.department_id === departmentId)?.open ?? 0,
    };
  }

  /** When the first of the reservations ends; null without any. */
  reservedUntil(now: number): number | null {
    return this.#sql
      .exec<{ until: number | null }>(
        'SELECT min(reserved_until) AS until FROM place WHERE reserved_until > ?',
        now,
      )
      .one().until;
  }

  reserve(id: ConversationId, departmentId: DepartmentId, seq: number, now: number): void {
    this.#sql.exec(
      `DELETE FROM place WHERE status IN ('released', 'reserved') AND until < ?1
       AND reserved_until < ?1`,
      now,
    );
    this.#sql.exec(
      `INSERT INTO place
       (conversation_id, department_id, seq, status, until, reserved_until, reserved_seq)
       VALUES (?1, ?2, 0, 'reserved', ?3, ?3, ?4) ON CONFLICT DO UPDATE
       SET reserved_until = excluded.reserved_until, reserved_seq = excluded.reserved_seq,
         department_id = excluded.department_id
       WHERE place.reserved_seq <= excluded.reserved_seq`,
      id,
      departmentId,
      now + RESERVATION_MS,
      seq,
    );
  }

  cancel(id: ConversationId): void {
    this.#sql.exec('UPDATE place SET reserved_until = 0 WHERE conversation_id = ?', id);
  }

  serviceOf(id: ConversationId): Service {
    const row = this.#sql
      .exec<PlaceRow & { reserved_until: number }>(
        'SELECT * FROM place WHERE conversation_id = ?',
        id,
      )
      .toArray()[0];
    return {
      servedSince: row?.status === 'serving' ? row.until : null,
      reservedAt: row && row.reserved_until > 0 ? row.reserved_until - RESERVATION_MS : null,
    };
  }

  /** Returns false for a word that is older than what is known. */
  settle({ conversationId, departmentId, as, seq }: PlaceWord, now: number): boolean {
    // A place keeps in `until` since when he has it, which orders the list.
    const written = this.#sql.exec(
      `INSERT INTO place (conversation_id, department_id, seq, status, until)
       VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
       SET seq = excluded.seq, status = excluded.status, department_id = excluded.department_id,
         until = CASE WHEN excluded.status = 'released' OR place.status IN ('released', 'reserved')
           THEN excluded.until ELSE place.until END,
         reserved_until = CASE WHEN place.reserved_seq < excluded.seq
           THEN 0 ELSE place.reserved_until END
       WHERE place.seq < excluded.seq`,
      conversationId,
      departmentId,
      seq,
      as ?? 'released',
      as ? now : now + RELEASED_MS,
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
