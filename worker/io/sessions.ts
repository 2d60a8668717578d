// The sessions of an agent (D1), apart from what better-auth does with them.

import * as v from 'valibot';
import type { AgentId } from '#shared/ids.ts';

/** Of who works on, no more than this often a time is written. */
const SEEN_EVERY_MS = 10 * 60_000;

const timeSchema = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text)),
);

const ownSessionSchema = v.object({
  id: v.string(),
  userAgent: v.nullable(v.string()),
  beganAt: timeSchema,
  /** Epoch milliseconds; null: from before that was kept. */
  lastSeenAt: v.nullable(v.number()),
});
export type StoredSession = v.InferOutput<typeof ownSessionSchema>;

/** Those that stand, the one that was seen last first. @param now epoch milliseconds */
export async function listSessions(
  db: D1Database,
  agentId: AgentId,
  now: number,
): Promise<StoredSession[]> {
  const { results } = await db
    .prepare(
      `SELECT id, "userAgent", "createdAt" AS beganAt, last_seen_at AS lastSeenAt FROM session
       WHERE "userId" = ? AND "expiresAt" > ? ORDER BY last_seen_at DESC LIMIT 100`,
    )
    .bind(agentId, new Date(now).toISOString())
    .all();
  return v.parse(v.array(ownSessionSchema), results);
}

/** The agent has just shown that it is them. */
export async function confirmSession(db: D1Database, token: string, now: number): Promise<void> {
  await db
    .prepare('UPDATE session SET confirmed_at = ?1, last_seen_at = ?1 WHERE token = ?2')
    .bind(now, token)
    .run();
}

export async function noteSeen(db: D1Database, token: string, now: number): Promise<void> {
  await db
    .prepare(
      'UPDATE session SET last_seen_at = ?1 WHERE token = ?2 AND coalesce(last_seen_at, 0) < ?3',
    )
    .bind(now, token, now - SEEN_EVERY_MS)
    .run();
}

/** @returns whether it was one of theirs */
export async function endSessionOf(db: D1Database, agentId: AgentId, id: string): Promise<boolean> {
  const { meta } = await db
    .prepare('DELETE FROM session WHERE id = ? AND "userId" = ?')
    .bind(id, agentId)
    .run();
  return meta.changes > 0;
}

/** @returns how many there were */
export async function endOtherSessions(
  db: D1Database,
  agentId: AgentId,
  own: string,
): Promise<number> {
  const { meta } = await db
    .prepare('DELETE FROM session WHERE "userId" = ? AND id <> ?')
    .bind(agentId, own)
    .run();
  return meta.changes;
}
