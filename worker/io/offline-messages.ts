// The messages that visitors sent while no agent was there (D1).

import * as v from 'valibot';
import {
  offlineMessageBody,
  type NewOfflineMessage,
  type OfflineMessage,
  type OfflineMessageCount,
  type OfflineMessages,
} from '#shared/api.ts';
import type { AgentId, DepartmentId, VisitorId } from '#shared/ids.ts';

const PAGE = 50;
/** As many of a department may be open: more than a team answers in weeks. */
export const MOST_OPEN = 1000;
const DAY_MS = 86_400_000;

/** Whose departments' messages; null: those of every department. */
type Departments = readonly DepartmentId[] | null;

const among = (departments: Departments) =>
  departments === null ? null : JSON.stringify(departments);
const IN_DEPARTMENTS = '(?1 IS NULL OR department_id IN (SELECT value FROM json_each(?1)))';

/** Whether it is stored already. */
export async function hasOfflineMessage(db: D1Database, id: string): Promise<boolean> {
  return (await db.prepare('SELECT 1 FROM offline_message WHERE id = ?').bind(id).first()) !== null;
}

const PUT = `
  INSERT INTO offline_message (id, department_id, visitor_id, name, email, text, sent_at)
  SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
  WHERE (SELECT count(*) FROM offline_message WHERE done_at IS NULL AND department_id = ?2) < ?8
    AND (SELECT count(*) FROM offline_message WHERE done_at IS NULL AND sent_at >= ?9)
      + (SELECT count(*) FROM offline_message WHERE done_at IS NOT NULL AND sent_at >= ?9) < ?10
  ON CONFLICT (id) DO NOTHING`;

/** False when there are as many as may be: open ones of the department, or of the day. */
export async function putOfflineMessage(
  db: D1Database,
  { id, departmentId, name, email, text }: NewOfflineMessage,
  { visitorId, at, perDay }: { visitorId: VisitorId; at: number; perDay: number },
): Promise<boolean> {
  const today = at - (at % DAY_MS);
  const { meta } = await db
    .prepare(PUT)
    .bind(id, departmentId, visitorId, name, email, text, at, MOST_OPEN, today, perDay)
    .run();
  return meta.changes > 0;
}

/** Where a page ended. */
interface Position {
  readonly isOpen: boolean;
  readonly at: number;
  readonly id: string;
}

const positionSchema = v.pipe(
  v.string(),
  v.regex(/^(open|done)\.\d{1,15}\.[0-9a-f-]{36}$/, 'the next of the page before'),
  v.transform((text): Position => {
    const [kind, at, id = ''] = text.split('.');
    return { isOpen: kind === 'open', at: Number(at), id };
  }),
);
/** Null for what no page has answered. */
export function readPosition(text: string): Position | null {
  const position = v.safeParse(positionSchema, text);
  return position.success ? position.output : null;
}

const positionOf = ({ doneAt, sentAt, id }: OfflineMessage): string =>
  `${doneAt === null ? 'open' : 'done'}.${sentAt}.${id}`;

/** A page: open ones first, the oldest of them first, then those that are done, the newest first. */
export async function listOfflineMessages(
  db: D1Database,
  departments: Departments,
  after: Position | null,
): Promise<OfflineMessages> {
  // Each list has an index, so a long past costs nothing.
  const open = after && !after.isOpen ? [] : await pageOf(db, OPEN, departments, after);
  const left = PAGE - open.length;
  const done = left === 0 ? [] : await pageOf(db, DONE, departments, after?.isOpen ? null : after);
  const messages = [...open, ...done].slice(0, PAGE);
  const last = messages.length < PAGE ? undefined : messages.at(-1);
  return { messages, next: last ? positionOf(last) : null };
}

interface List {
  readonly where: string;
  readonly order: 'ASC' | 'DESC';
  readonly before: string;
}
const OPEN: List = { where: 'done_at IS NULL', order: 'ASC', before: '<' };
const DONE: List = { where: 'done_at IS NOT NULL', order: 'DESC', before: '>' };

async function pageOf(
  db: D1Database,
  { where, order, before }: List,
  departments: Departments,
  after: Position | null,
): Promise<OfflineMessage[]> {
  const { results } = await db
    .prepare(
      `SELECT id, department_id AS departmentId, name, email, text, sent_at AS sentAt,
        coalesce((SELECT name FROM "user" WHERE id = done_by), done_by) AS doneBy, done_at AS doneAt
      FROM offline_message
      WHERE ${where} AND ${IN_DEPARTMENTS} AND (?2 IS NULL OR (?2, ?3) ${before} (sent_at, id))
      ORDER BY sent_at ${order}, id ${order} LIMIT ${PAGE}`,
    )
    .bind(among(departments), after?.at ?? null, after?.id ?? null)
    .all();
  return v.parse(v.array(offlineMessageBody), results);
}

/** How many are open, of each department that has any. */
export async function countOfflineMessages(
  db: D1Database,
  departments: Departments,
): Promise<OfflineMessageCount[]> {
  const { results } = await db
    .prepare(
      `SELECT department_id AS departmentId, count(*) AS open FROM offline_message
      WHERE done_at IS NULL AND ${IN_DEPARTMENTS} GROUP BY department_id`,
    )
    .bind(among(departments))
    .all<OfflineMessageCount>();
  return results;
}

/**
 * The first agent to finish it stays the one who did. Answers with its department; null when the agent may see no
 * such message.
 */
export async function finishOfflineMessage(
  db: D1Database,
  id: string,
  { departments, by, at }: { departments: Departments; by: AgentId; at: number },
): Promise<DepartmentId | null> {
  return db
    .prepare(
      `UPDATE offline_message SET done_by = coalesce(done_by, ?3), done_at = coalesce(done_at, ?4)
      WHERE id = ?2 AND ${IN_DEPARTMENTS} RETURNING department_id`,
    )
    .bind(among(departments), id, by, at)
    .first<DepartmentId>('department_id');
}
