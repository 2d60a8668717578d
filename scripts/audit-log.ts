// The audit log, as the command line shows it.

import * as v from 'valibot';
import type { Directory } from './directory.ts';
import { statement, type Statement } from './sql.ts';

const MOST_ROWS = 1000;

export const auditRowSchema = v.object({
  at: v.number(),
  action: v.string(),
  actor: v.string(),
  subject: v.nullable(v.string()),
  address: v.nullable(v.string()),
  details: v.pipe(
    v.string(),
    v.parseJson(),
    v.record(v.string(), v.union([v.string(), v.number()])),
  ),
  times: v.number(),
  last_at: v.number(),
});
export type AuditRow = v.InferOutput<typeof auditRowSchema>;

export interface AuditQuery {
  /** Epoch milliseconds. */
  readonly since: number;
  /** An e-mail address, or a name; null: anyone. */
  readonly who: string | null;
}

/** The latest first, for the limit to cut what is older. */
export function auditQuery({ since, who }: AuditQuery): Statement {
  const select = `SELECT at, action, actor, subject, address, details, times, last_at FROM audit WHERE at >= ?`;
  const order = `ORDER BY at DESC, id DESC LIMIT ${MOST_ROWS}`;
  if (who === null) return statement(`${select} ${order}`, since);
  const account = `(SELECT id FROM "user" WHERE email = ?)`;
  const matches = `actor_id = ${account} OR subject_id = ${account} OR actor = ? OR subject = ?`;
  return statement(`${select} AND (${matches}) ${order}`, since, who, who, who, who);
}

/** The latest last, as one reads a log. */
export async function auditLog(directory: Directory, query: AuditQuery): Promise<string> {
  const rows = v.parse(v.array(auditRowSchema), await directory.query(auditQuery(query)));
  if (rows.length === 0) return 'Nothing has been logged in that time.';
  const cut =
    rows.length === MOST_ROWS ? [`(Only the last ${MOST_ROWS}. Say a later --since.)`] : [];
  return [...cut, ...rows.toReversed().map(auditLine)].join('\n');
}

/** One line, whatever is in it: names come from people. */
export function auditLine({
  at,
  action,
  actor,
  subject,
  address,
  details,
  ...counted
}: AuditRow): string {
  const { times, last_at: lastAt } = counted;
  const more = Object.entries(details).map(([name, value]) => `${name}: ${value}`);
  return [
    moment(at),
    action,
    subject === null ? actor : `${actor} → ${subject}`,
    ...(address === null ? [] : [`from ${address}`]),
    ...more,
    ...(times > 1 ? [`${times} times, last at ${moment(lastAt)}`] : []),
  ]
    .join('  ')
    .replace(/\p{Cc}/gu, ' ');
}

const moment = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
