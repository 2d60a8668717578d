// The lists of conversations that agents keep under a name (D1).

import * as v from 'valibot';
import {
  savedViewsBody,
  VIEWS_MOST,
  type SavedView,
} from '#shared/conversation-lists/saved-view.ts';
import type { AgentId } from '#shared/ids.ts';

/** In the order of their names. */
export async function listSavedViews(db: D1Database, agentId: AgentId): Promise<SavedView[]> {
  const { results } = await db
    .prepare('SELECT name, query FROM saved_view WHERE agent_id = ? ORDER BY name')
    .bind(agentId)
    .all();
  return v.parse(savedViewsBody, { views: results }).views;
}

const PUT = `
  INSERT INTO saved_view (agent_id, name, query, created_at)
  SELECT ?1, ?2, ?3, ?4
  WHERE (SELECT count(*) FROM saved_view WHERE agent_id = ?1 AND name <> ?2) < ?5
  ON CONFLICT (agent_id, name) DO UPDATE SET query = excluded.query`;

/** One of the same name is replaced. False: the agent has as many as they may. */
export async function putSavedView(
  db: D1Database,
  agentId: AgentId,
  { name, query }: SavedView,
  at: number,
): Promise<boolean> {
  const { meta } = await db.prepare(PUT).bind(agentId, name, query, at, VIEWS_MOST).run();
  return meta.changes > 0;
}

export async function deleteSavedView(
  db: D1Database,
  agentId: AgentId,
  name: string,
): Promise<void> {
  await db
    .prepare('DELETE FROM saved_view WHERE agent_id = ? AND name = ?')
    .bind(agentId, name)
    .run();
}
