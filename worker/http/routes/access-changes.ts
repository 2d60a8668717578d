// What an agent may do was changed in the directory, from the command line: their sockets learn of it here. The id
// of the change is the right to say so. Mounted at /api.

import { Hono } from 'hono';
import type { AgentId } from '#shared/ids.ts';
import { findAccessChange, forgetAccessChange } from '../../io/access-changes.ts';
import { findAgent, hasSession } from '../../io/agents.ts';
import { agentBy } from '../identity.ts';
import { meOf, type SignedIn } from '../middleware/session.ts';
import { RefusalError } from '../refusal-error.ts';

export const accessChanges = new Hono<SignedIn>().post('/access-changes/:id', async (c) => {
  const id = c.req.param('id');
  const agentId = await findAccessChange(c.env.DIRECTORY, id);
  if (agentId === null) throw new RefusalError('route.unknown');
  await enforce(c.env, agentId);
  // Last: told again if anything went wrong.
  await forgetAccessChange(c.env.DIRECTORY, id);
  return c.body(null, 204);
});

async function enforce(env: Env, agentId: AgentId): Promise<void> {
  const agent = await findAgent(env.DIRECTORY, agentId);
  const actor = env.AGENT.getByName(agentId);
  if (agent === null) return actor.remove();
  if (!(await hasSession(env.DIRECTORY, agentId, Date.now()))) await actor.signOut();
  await actor.renew(agentBy(meOf(agent, env)));
}
