// The devices that agents are told by when no tab is open (D1). One ends with the session that added it.

import * as v from 'valibot';
import type { NewPushSubscription, PushDevice } from '#shared/alerts/push.ts';
import type { AgentId } from '#shared/ids.ts';

/** The oldest makes way for one more. */
const MOST_DEVICES = 10;

const storedSchema = v.object({
  id: v.string(),
  endpoint: v.string(),
  p256dh: v.string(),
  auth: v.string(),
  /** The language of its notifications. */
  locale: v.string(),
  /** Of the deployment, as the device knows it. */
  origin: v.string(),
});
export type StoredSubscription = v.InferOutput<typeof storedSchema>;

const COLUMNS = 'push_subscription.id, endpoint, p256dh, auth, locale, origin';
const OF_A_SESSION = `FROM push_subscription JOIN session ON session.id = session_id
  WHERE agent_id = ?1 AND "expiresAt" > ?2`;

interface Whose {
  readonly agentId: AgentId;
  /** The token of the session that adds it. */
  readonly session: string;
  readonly locale: string;
  readonly origin: string;
  readonly at: number;
}

/** A browser that is known already is the agent's from now on, no matter whose it was before. */
export async function putSubscription(
  db: D1Database,
  { endpoint, keys, name }: NewPushSubscription,
  { agentId, session, locale, origin, at }: Whose,
): Promise<void> {
  const put = db
    .prepare(
      `INSERT INTO push_subscription
        (id, agent_id, session_id, endpoint, p256dh, auth, name, locale, origin, added_at)
      SELECT ?1, ?2, id, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM session WHERE token = ?3
      ON CONFLICT (endpoint) DO UPDATE
      SET id = CASE WHEN agent_id = excluded.agent_id THEN push_subscription.id ELSE excluded.id END,
        added_at = CASE WHEN agent_id = excluded.agent_id
          THEN push_subscription.added_at ELSE excluded.added_at END,
        agent_id = excluded.agent_id, session_id = excluded.session_id, p256dh = excluded.p256dh,
        auth = excluded.auth, name = excluded.name, locale = excluded.locale,
        origin = excluded.origin`,
    )
    .bind(
      ...[crypto.randomUUID(), agentId, session, endpoint, keys.p256dh, keys.auth],
      ...[name, locale, origin, at],
    );
  const prune = db
    .prepare(
      `DELETE FROM push_subscription WHERE agent_id = ?1 AND id NOT IN (
        SELECT id FROM push_subscription WHERE agent_id = ?1 ORDER BY added_at DESC LIMIT ?2)`,
    )
    .bind(agentId, MOST_DEVICES);
  await db.batch([put, prune]);
}

/** In the order in which they were added. */
export async function listDevices(
  db: D1Database,
  agentId: AgentId,
  now: number,
): Promise<PushDevice[]> {
  const { results } = await db
    .prepare(
      `SELECT push_subscription.id, name, added_at AS addedAt, endpoint ${OF_A_SESSION}
      ORDER BY added_at, push_subscription.id`,
    )
    .bind(agentId, new Date(now).toISOString())
    .all<PushDevice>();
  return results;
}

export async function subscriptionsOf(
  db: D1Database,
  agentId: AgentId,
  now: number,
): Promise<StoredSubscription[]> {
  const { results } = await db
    .prepare(`SELECT ${COLUMNS} ${OF_A_SESSION}`)
    .bind(agentId, new Date(now).toISOString())
    .all();
  return v.parse(v.array(storedSchema), results);
}

/** Whether it was there, and the agent's. */
export async function removeSubscription(
  db: D1Database,
  agentId: AgentId,
  id: string,
): Promise<boolean> {
  const { meta } = await db
    .prepare('DELETE FROM push_subscription WHERE agent_id = ? AND id = ?')
    .bind(agentId, id)
    .run();
  return meta.changes > 0;
}
