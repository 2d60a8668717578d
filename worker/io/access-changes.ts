// Changes of what agents may do that nobody has been told of yet (D1). The command line writes them.

import * as v from 'valibot';
import { agentIdSchema, type AgentId } from '#shared/ids.ts';

export async function findAccessChange(db: D1Database, id: string): Promise<AgentId | null> {
  const agentId = await db
    .prepare('SELECT agent_id FROM access_change WHERE id = ?')
    .bind(id)
    .first('agent_id');
  return agentId === null ? null : v.parse(agentIdSchema, agentId);
}

export async function forgetAccessChange(db: D1Database, id: string): Promise<void> {
  await db.prepare('DELETE FROM access_change WHERE id = ?').bind(id).run();
}
