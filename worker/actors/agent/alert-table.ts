// What needs an agent and was not seen, on its way from a tab to their devices and on to others. One row for what one
// conversation or direct chat calls for, however much is written there.

import * as v from 'valibot';
import { alertSchema, type Alert, type AlertReason } from '#shared/alerts/alert.ts';
import { newCommandId, type CommandId } from '#shared/ids.ts';

/** What is told of a conversation's thread is one thing; what else it calls for stands beside that. */
export const ALERT_TABLE = `CREATE TABLE alert (
    about TEXT NOT NULL,
    track TEXT NOT NULL,
    seq INTEGER NOT NULL,
    reason TEXT NOT NULL,
    body TEXT,
    rung TEXT NOT NULL,
    due_at INTEGER,
    raised_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    command_id TEXT NOT NULL,
    PRIMARY KEY (about, track)
  ) WITHOUT ROWID`;
export const ALERT_PREFERENCES_TABLE =
  'CREATE TABLE alert_preferences (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL)';

/** A tab has it; devices were told; nothing follows. */
export type Rung = 'tab' | 'push' | 'done';

/** What is known of it. What a conversation calls for is asked there when it is due. */
export type Unseen = Pick<Alert, 'about' | 'seq' | 'reason'>;

export interface AlertRow extends Unseen {
  readonly track: string;
  /** null: the conversation that it is about says it. */
  readonly body: Alert | null;
  readonly rung: Rung;
  /** Of the command that tells others, so that it counts once. */
  readonly commandId: CommandId;
  readonly tries: number;
}

interface StoredRow extends Record<string, SqlStorageValue> {
  about: string;
  track: string;
  seq: number;
  reason: string;
  body: string | null;
  rung: string;
  raised_at: number;
  tries: number;
  command_id: string;
}

/** More is unseen by nobody who looks at all. */
const MOST_ALERTS = 100;
/** So long it is known that it was told. */
const KNOWN_FOR_MS = 3_600_000;
/** Devices are told of the same again after this at the earliest. */
const AGAIN_AFTER_MS = 60_000;

type Key = Pick<AlertRow, 'about' | 'track' | 'seq'>;
/** As it was when it was read: a later one has taken its place otherwise. */
const IS_ROW = 'about = ?1 AND track = ?2 AND seq = ?3';
const keyOf = ({ about, track, seq }: Key) => [about, track, seq] as const;

/** In a thread one thing leads to the next: what waits is assigned, what is assigned is written on. */
const IN_THREAD: readonly AlertReason[] = ['queued', 'assigned', 'invited', 'message'];
const trackOf = (reason: AlertReason): string => (IN_THREAD.includes(reason) ? 'thread' : reason);

const bodySchema = v.pipe(v.string(), v.parseJson(), alertSchema);

export class AlertTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** False for one that is known, or comes too soon after another about the same. */
  put(
    { about, seq, reason }: Unseen,
    body: Alert | null,
    at: { now: number; due: number },
  ): boolean {
    const { now, due } = at;
    const track = trackOf(reason);
    const known = this.#sql
      .exec<StoredRow>('SELECT * FROM alert WHERE about = ? AND track = ?', about, track)
      .toArray()[0];
    if (known && known.seq >= seq) return false;
    if (known && known.rung !== 'done') return this.#joins({ about, track, seq }, body);
    if (known && now - known.raised_at < AGAIN_AFTER_MS) return false;
    this.#prune(now);
    this.#sql.exec(
      'INSERT OR REPLACE INTO alert VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?)',
      ...[about, track, seq, reason, body && JSON.stringify(body), 'tab', due, now, newCommandId()],
    );
    return true;
  }

  /** What is under way tells of it along. What a conversation calls for is read when it is due. */
  #joins({ about, track, seq }: Key, body: Alert | null): boolean {
    if (body === null) return false;
    const join = 'UPDATE alert SET seq = ?, body = ? WHERE about = ? AND track = ?';
    this.#sql.exec(join, seq, JSON.stringify(body), about, track);
    return true;
  }

  /** What a row says itself, and its conversation does not. */
  reword({ about, seq, reason }: Unseen, body: Alert): void {
    const reword = `UPDATE alert SET body = ?4 WHERE ${IS_ROW} AND body IS NOT NULL`;
    this.#sql.exec(reword, about, trackOf(reason), seq, JSON.stringify(body));
  }

  /** Whether the queue has called lately, for the same devices would ring on and on while many come. */
  hasCalledToQueue(now: number): boolean {
    const query = `SELECT 1 FROM alert WHERE reason = 'queued' AND raised_at > ? LIMIT 1`;
    return this.#sql.exec(query, now - AGAIN_AFTER_MS).toArray().length > 0;
  }

  /** What was seen of it, whatever it called for. */
  removeSeen(about: string, upTo: number): void {
    this.#sql.exec('DELETE FROM alert WHERE about = ? AND seq <= ?', about, upTo);
  }

  remove(row: Key): void {
    this.#sql.exec(`DELETE FROM alert WHERE ${IS_ROW}`, ...keyOf(row));
  }

  due(now: number): AlertRow[] {
    const rows = this.#sql.exec<StoredRow>('SELECT * FROM alert WHERE due_at <= ?', now).toArray();
    return rows.map(({ body, reason, rung, command_id, ...row }) => ({
      ...row,
      body: body === null ? null : v.parse(bodySchema, body),
      // As `put` and `move` have written them.
      reason: reason as AlertReason,
      rung: rung as Rung,
      commandId: command_id as CommandId,
    }));
  }

  nextAt(): number | null {
    return this.#sql.exec<{ at: number | null }>('SELECT min(due_at) AS at FROM alert').one().at;
  }

  /** @param due null: nothing follows */
  move(row: Key, rung: Rung, due: number | null): void {
    const move = `UPDATE alert SET rung = ?4, due_at = ?5, tries = 0 WHERE ${IS_ROW}`;
    this.#sql.exec(move, ...keyOf(row), rung, due);
  }

  retry(row: Key, due: number): void {
    const retry = `UPDATE alert SET due_at = ?4, tries = tries + 1 WHERE ${IS_ROW}`;
    this.#sql.exec(retry, ...keyOf(row), due);
  }

  #prune(now: number): void {
    this.#sql.exec(
      `DELETE FROM alert WHERE (due_at IS NULL AND raised_at < ?1) OR (about, track) IN (
        SELECT about, track FROM alert ORDER BY raised_at DESC LIMIT -1 OFFSET ?2)`,
      now - KNOWN_FOR_MS,
      MOST_ALERTS - 1,
    );
  }
}
