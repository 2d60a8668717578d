// The contacts: the stored record of who wrote (D1).

import * as v from 'valibot';
import { agentIdSchema, type AgentId, type VisitorId } from '#shared/ids.ts';

const preferredSchema = v.object({
  managerId: v.nullable(agentIdSchema),
  lastAgentId: v.nullable(agentIdSchema),
});

/** Who should get a visitor's new conversation, the first of them first; whether they can is not known here. */
export async function preferredAgents(
  db: D1Database,
  visitorId: VisitorId,
  { wanted, lastAgentFirst }: { wanted: AgentId | null; lastAgentFirst: boolean },
): Promise<AgentId[]> {
  const row = await db
    .prepare(
      `SELECT manager_id AS managerId, last_agent_id AS lastAgentId FROM contact WHERE visitor_id = ?`,
    )
    .bind(visitorId)
    .first();
  const contact = row === null ? null : v.parse(preferredSchema, row);
  return [
    wanted,
    contact?.managerId ?? null,
    lastAgentFirst ? (contact?.lastAgentId ?? null) : null,
  ].filter((id) => id !== null);
}
