// Who is signed in, and the end of all their sessions. Mounted at /api.

import { Hono } from 'hono';
import { endSessions } from '../../io/agents.ts';
import type { SignedIn } from '../middleware/session.ts';
import { endSession } from './session.ts';

export const account = new Hono<SignedIn>()
  .get('/me', (c) => {
    c.header('cache-control', 'no-store');
    return c.json(c.var.me);
  })

  .delete('/sessions', async (c) => {
    const { agentId } = c.var.me;
    await endSessions(c.env.DIRECTORY, agentId);
    await c.env.AGENT.getByName(agentId).signOut();
    await endSession(c);
    return c.body(null, 204);
  });
