// The list of what the actors' outboxes have given up (D1).

import * as v from 'valibot';
import { undeliveredBody, type Undelivered } from '#shared/api.ts';

const rowSchema = v.object({ ...undeliveredBody.entries, outboxId: v.number() });
export type UndeliveredRow = v.InferOutput<typeof rowSchema>;

const COLUMNS = `id, actor, actor_id AS actorId, outbox_id AS outboxId, effects, problem,
  given_up_at AS givenUpAt`;

export async function putUndelivered(
  db: D1Database,
  { actor, actorId, outboxId, effects, problem, givenUpAt }: Omit<UndeliveredRow, 'id'>,
): Promise<void> {
  await db
    .prepare('INSERT OR REPLACE INTO undelivered VALUES (?, ?, ?, ?, ?, ?, ?)')
    .bind(`${actor}:${actorId}:${outboxId}`, actor, actorId, outboxId, effects, problem, givenUpAt)
    .run();
}

/** The oldest first, a hundred at most. */
export async function listUndelivered(db: D1Database): Promise<Undelivered[]> {
  const { results } = await db
    .prepare(`SELECT ${COLUMNS} FROM undelivered ORDER BY given_up_at LIMIT 100`)
    .all();
  return v.parse(v.array(undeliveredBody), results);
}

export async function findUndelivered(db: D1Database, id: string): Promise<UndeliveredRow | null> {
  const row = await db.prepare(`SELECT ${COLUMNS} FROM undelivered WHERE id = ?`).bind(id).first();
  return row === null ? null : v.parse(rowSchema, row);
}

export async function forgetUndelivered(db: D1Database, id: string): Promise<void> {
  await db.prepare('DELETE FROM undelivered WHERE id = ?').bind(id).run();
}
