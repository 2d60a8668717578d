// The messages that visitors sent while no agent was there (D1).

import * as v from 'valibot';
import { offlineMessageBody, type NewOfflineMessage, type OfflineMessage } from '#shared/api.ts';
import type { AgentId, DepartmentId, VisitorId } from '#shared/ids.ts';

const LISTED = 100;

/** Whose departments' messages; null: those of every department. */
type Departments = readonly DepartmentId[] | null;

const among = (departments: Departments) =>
  departments === null ? null : JSON.stringify(departments);
const IN_DEPARTMENTS = '(?1 IS NULL OR department_id IN (SELECT value FROM json_each(?1)))';

/** The same once more changes nothing. */
export async function putOfflineMessage(
  db: D1Database,
  { id, departmentId, name, email, text }: NewOfflineMessage,
  { visitorId, at }: { visitorId: VisitorId; at: number },
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO offline_message (id, department_id, visitor_id, name, email, text, sent_at)
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    )
    .bind(id, departmentId, visitorId, name, email, text, at)
    .run();
}

/** A hundred at most: open ones first, then the newest first. */
export async function listOfflineMessages(
  db: D1Database,
  departments: Departments,
): Promise<OfflineMessage[]> {
  // Two queries, so that each has an index and a long past costs nothing.
  const listed = (done: 'NULL' | 'NOT NULL') =>
    db
      .prepare(
        `SELECT id, department_id AS departmentId, name, email, text, sent_at AS sentAt,
          coalesce((SELECT name FROM "user" WHERE id = done_by), done_by) AS doneBy, done_at AS doneAt
        FROM offline_message WHERE done_at IS ${done} AND ${IN_DEPARTMENTS}
        ORDER BY sent_at DESC LIMIT ${LISTED}`,
      )
      .bind(among(departments));
  const answers = await db.batch([listed('NULL'), listed('NOT NULL')]);
  const rows = answers.flatMap(({ results }) => results).slice(0, LISTED);
  return v.parse(v.array(offlineMessageBody), rows);
}

/** How many are open. */
export async function countOfflineMessages(
  db: D1Database,
  departments: Departments,
): Promise<number> {
  const open = await db
    .prepare(
      `SELECT count(*) AS n FROM offline_message WHERE done_at IS NULL AND ${IN_DEPARTMENTS}`,
    )
    .bind(among(departments))
    .first<number>('n');
  return open ?? 0;
}

/** The first agent to finish it stays the one who did. False when the agent may see no such message. */
export async function finishOfflineMessage(
  db: D1Database,
  id: string,
  { departments, by, at }: { departments: Departments; by: AgentId; at: number },
): Promise<boolean> {
  const found = await db
    .prepare(
      `UPDATE offline_message SET done_by = coalesce(done_by, ?3), done_at = coalesce(done_at, ?4)
      WHERE id = ?2 AND ${IN_DEPARTMENTS} RETURNING id`,
    )
    .bind(among(departments), id, by, at)
    .first();
  return found !== null;
}
