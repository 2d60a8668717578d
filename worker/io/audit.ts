// The audit log (D1): who did what about whom, when and from where. Secrets have no place in it.

import type { AuditAction } from '#shared/audit.ts';
import type { AgentId } from '#shared/ids.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Of an account; null as an id: nobody who is known. */
export interface AuditedPerson {
  readonly id: AgentId | null;
  readonly name: string;
}

export interface AuditEntry {
  readonly action: AuditAction;
  readonly by: AuditedPerson;
  /** Whom or what it was done to; left out: the one who did it. */
  readonly about?: { readonly id: string; readonly name: string };
  /** Where the request came from; null: from no client. */
  readonly address: string | null;
  /** How many rows an export had, which role one has now, and the like. */
  readonly details?: Readonly<Record<string, string | number>>;
}

/** Each is a row of its own. */
export async function writeAudit(db: D1Database, entry: AuditEntry, now: number): Promise<void> {
  await insert(db, entry, now, null).run();
}

/**
 * For what strangers can cause as often as they like: a row for each account and hour, which counts. The address is
 * the last one's.
 */
export async function countAudit(db: D1Database, entry: AuditEntry, now: number): Promise<void> {
  const hour = Math.floor(now / HOUR_MS);
  await insert(db, entry, now, `${entry.action} ${entry.about?.id ?? ''} ${hour}`).run();
}

/** What is older than the settings say goes. */
export async function forgetAudit(db: D1Database, days: number, now: number): Promise<void> {
  await db
    .prepare('DELETE FROM audit WHERE at < ?')
    .bind(now - days * DAY_MS)
    .run();
}

function insert(
  db: D1Database,
  { action, by, about, address, details = {} }: AuditEntry,
  now: number,
  countedBy: string | null,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO audit (at, action, actor_id, actor, subject_id, subject, address, details, times, last_at, counted_by)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1, ?1, ?9)
       ON CONFLICT (counted_by) DO UPDATE SET times = times + 1, last_at = ?1, address = ?7`,
    )
    .bind(
      ...[now, action, by.id, by.name],
      ...[about?.id ?? null, about?.name ?? null, address, JSON.stringify(details), countedBy],
    );
}
