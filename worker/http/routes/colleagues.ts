// To whom a conversation may be forwarded, and who may be invited to it. Mounted at /api.

import { Hono } from 'hono';
import type { Colleagues } from '#shared/api.ts';
import { isRoutable, type RosterEntry } from '#shared/department.ts';
import type { AgentId } from '#shared/ids.ts';
import { listAgents } from '../../io/agents.ts';
import type { SignedIn } from '../middleware/session.ts';
import { settingsOf } from '../../io/settings.ts';

export const colleagues = new Hono<SignedIn>().get('/colleagues', async (c) => {
  const { departments } = settingsOf(c.env);
  const [agents, rosters] = await Promise.all([
    listAgents(c.env.DIRECTORY),
    Promise.all(departments.map(({ id }) => c.env.DEPARTMENT.getByName(id).roster())),
  ]);
  const latest = latestOf(rosters.flat());
  return c.json({
    agents: agents.map(({ agentId, name, username, departments: memberships }) => {
      const entry = latest.get(agentId);
      return {
        ...{ agentId, name, username },
        departments: memberships,
        availability: entry?.online ? entry.availability : 'offline',
        isFull: entry !== undefined && entry.open >= entry.limit,
      };
    }),
    departments: departments.map(({ id, name, enabled }, index) => ({
      ...{ id, name, enabled },
      online: rosters[index]?.some(isRoutable) ?? false,
    })),
  } satisfies Colleagues);
});

/** Each agent's latest entry: not all of their departments may have it yet. */
function latestOf(entries: readonly RosterEntry[]): Map<AgentId, RosterEntry> {
  const latest = new Map<AgentId, RosterEntry>();
  for (const entry of entries) {
    if ((latest.get(entry.agentId)?.version ?? -1) < entry.version)
      latest.set(entry.agentId, entry);
  }
  return latest;
}
