// Who makes a request that both visitors and agents may make.

import type { Context } from 'hono';
import type { Me } from '#shared/api.ts';
import type { AgentPrincipal, ConnectedPrincipal } from '#shared/identity.ts';
import { currentAgent } from './middleware/session.ts';
import { tokenOf, visitorByToken } from './middleware/visitor.ts';
import { RefusalError } from './refusal-error.ts';

export function agentBy(me: Me): AgentPrincipal {
  const { agentId, name, departments, permissions, maxConversations } = me;
  return { kind: 'agent', agentId, name, departments, permissions, maxConversations };
}

/** A token decides before a cookie: a widget on Parley's own origin is the visitor's, not the agent's. */
export async function visitorOrAgent<E extends { Bindings: Env }>(
  c: Context<E>,
): Promise<ConnectedPrincipal> {
  const token = tokenOf(c);
  if (token !== null) return visitorByToken(token, c.env);
  const me = await currentAgent(c);
  if (me) return agentBy(me);
  throw new RefusalError('session.missing');
}
