// Who makes a request: an agent by his session, or a visitor by his token.

import type { Context } from 'hono';
import type { Me } from '#shared/api.ts';
import type { AgentBy, By } from '#shared/identity.ts';
import { currentAgent } from './middleware/session.ts';
import { Refused } from './refused.ts';
import { visitorOf } from './visitor-token.ts';

export function agentBy(me: Me): AgentBy {
  const { agentId, name, departments, permissions, chatsAtMost } = me;
  return { kind: 'agent', agentId, name, departments, permissions, chatsAtMost };
}

/** A token decides before a cookie: a widget on the desk's own origin is the visitor's, not the agent's. */
export async function requireSomebody<E extends { Bindings: Env }>(c: Context<E>): Promise<By> {
  const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
  if (token !== undefined) {
    const visitor = await visitorOf(token, c.env.VISITOR_SECRET);
    if (visitor) return visitor;
    throw new Refused('visitor.missing');
  }
  const me = await currentAgent(c);
  if (me) return agentBy(me);
  throw new Refused('session.missing');
}
