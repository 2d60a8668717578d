// The slots that an agent's conversations take: reserved before a conversation decides, confirmed or released by
// what came of it. Nobody else grants one.

import type { Slot, SlotKind } from '#shared/agent.ts';
import type { ConversationId, DepartmentId, VisitorId } from '#shared/ids.ts';
import type { SlotHistory } from './presence.ts';

/** A reservation that no conversation confirms ends by itself. */
const RESERVATION_MS = 30_000;
/** How long a released slot is remembered, so that a late update that holds it is known to be old. */
const RELEASED_MS = 3_600_000;

/** A conversation that asks for a slot. */
export interface SlotRequest {
  readonly conversationId: ConversationId;
  readonly departmentId: DepartmentId;
  /** Of its log, when it asks. */
  readonly seq: number;
  readonly as: 'serving' | 'helping';
}

/** What a conversation says about its slot. */
export interface SlotUpdate {
  readonly conversationId: ConversationId;
  readonly departmentId: DepartmentId;
  readonly visitorId: VisitorId;
  /** null: released. */
  readonly as: SlotKind | null;
  /** Of the conversation's log. */
  readonly seq: number;
  /** Somebody else gave it to them. */
  readonly call?: 'assigned' | 'invited';
}

type SlotRow = { conversation_id: string; status: string; until: number };

export class Slots {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** In the order in which the agent got them. */
  all(): Slot[] {
    return this.#sql
      .exec<SlotRow>(
        `SELECT conversation_id, status, until FROM slot
         WHERE status IN ('serving', 'on-hold', 'helping') ORDER BY until`,
      )
      .toArray()
      .map(({ conversation_id, status }) => ({
        conversationId: conversation_id as ConversationId, // Stored from a parsed id.
        as: status as SlotKind, // As the query chose.
      }));
  }

  /** Of every slot that the agent has, or had within the last hour. */
  known(): ConversationId[] {
    return this.#sql
      .exec<{ id: ConversationId }>('SELECT conversation_id AS id FROM slot') // Stored from parsed ids.
      .toArray()
      .map(({ id }) => id);
  }

  /** The conversations that the agent serves. */
  served(): ConversationId[] {
    const served = this.all().filter(({ as }) => as === 'serving');
    return served.map(({ conversationId }) => conversationId);
  }

  /**
   * Slots taken or reserved, in all and by department, and whom the agent serves there.
   * @param except a conversation whose own slot is not counted
   */
  open(
    now: number,
    invitedCount: boolean,
    except: ConversationId | null = null,
  ): { all: number; of: (departmentId: DepartmentId) => { open: number; serves: VisitorId[] } } {
    const rows = this.#sql
      .exec<{ department_id: string; open: number; serves: string | null }>(
        `SELECT department_id, count(*) AS open,
           group_concat(CASE status WHEN 'serving' THEN nullif(visitor_id, '') END) AS serves
         FROM slot
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
      of: (departmentId) => {
        const row = rows.find((one) => one.department_id === departmentId);
        const serves = row?.serves?.split(',') ?? [];
        return { open: row?.open ?? 0, serves: serves as VisitorId[] }; // Stored from parsed ids.
      },
    };
  }

  /** When the first of the reservations ends; null without any. */
  reservedUntil(now: number): number | null {
    return this.#sql
      .exec<{ until: number | null }>(
        'SELECT min(reserved_until) AS until FROM slot WHERE reserved_until > ?',
        now,
      )
      .one().until;
  }

  reserve({ conversationId, departmentId, seq }: SlotRequest, now: number): void {
    this.#sql.exec(
      `DELETE FROM slot WHERE status IN ('released', 'reserved') AND until < ?1
       AND reserved_until < ?1`,
      now,
    );
    this.#sql.exec(
      `INSERT INTO slot
       (conversation_id, department_id, seq, status, until, reserved_until, reserved_seq)
       VALUES (?1, ?2, 0, 'reserved', ?3, ?3, ?4) ON CONFLICT DO UPDATE
       SET reserved_until = excluded.reserved_until, reserved_seq = excluded.reserved_seq,
         department_id = excluded.department_id
       WHERE slot.reserved_seq <= excluded.reserved_seq`,
      conversationId,
      departmentId,
      now + RESERVATION_MS,
      seq,
    );
  }

  release(id: ConversationId): void {
    this.#sql.exec('UPDATE slot SET reserved_until = 0 WHERE conversation_id = ?', id);
  }

  historyOf(id: ConversationId): SlotHistory {
    const row = this.#sql
      .exec<SlotRow & { reserved_until: number }>(
        'SELECT * FROM slot WHERE conversation_id = ?',
        id,
      )
      .toArray()[0];
    return {
      servedSince: row?.status === 'serving' ? row.until : null,
      reservedAt: row && row.reserved_until > 0 ? row.reserved_until - RESERVATION_MS : null,
    };
  }

  /** Returns false for an update that is older than what is known. */
  confirm({ conversationId, departmentId, visitorId, as, seq }: SlotUpdate, now: number): boolean {
    // A slot keeps in `until` since when the agent has it, which orders the list.
    const written = this.#sql.exec(
      `INSERT INTO slot (conversation_id, department_id, visitor_id, seq, status, until)
       VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
       SET seq = excluded.seq, status = excluded.status, department_id = excluded.department_id,
         visitor_id = excluded.visitor_id,
         until = CASE WHEN excluded.status = 'released' OR slot.status IN ('released', 'reserved')
           THEN excluded.until ELSE slot.until END,
         reserved_until = CASE WHEN slot.reserved_seq < excluded.seq
           THEN 0 ELSE slot.reserved_until END
       WHERE slot.seq < excluded.seq`,
      conversationId,
      departmentId,
      visitorId,
      seq,
      as ?? 'released',
      as ? now : now + RELEASED_MS,
    );
    return written.rowsWritten > 0;
  }
}
