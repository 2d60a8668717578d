// Who is signed in: their name, their choices, and their sessions. Mounted at /api.

import { Hono } from 'hono';
import { profileBody, type Sessions } from '#shared/account/api.ts';
import { deviceOf } from '#shared/device.ts';
import { accountPreferencesBody } from '#shared/account/preferences.ts';
import { shortcutsBody } from '#shared/account/shortcuts.ts';
import { putPreferences, putShortcuts } from '../../io/account-preferences.ts';
import { endSessions, renameAgent } from '../../io/agents.ts';
import { endOtherSessions, endSessionOf, listSessions } from '../../io/sessions.ts';
import { auditOwn } from '../audit.ts';
import { jsonBody } from '../body.ts';
import { agentBy } from '../identity.ts';
import type { SignedIn } from '../middleware/session.ts';
import { RefusalError } from '../refusal-error.ts';
import { endSession } from './session.ts';

export const account = new Hono<SignedIn>()
  .get('/me', (c) => {
    c.header('cache-control', 'no-store');
    return c.json(c.var.me);
  })

  .put('/me/name', jsonBody(profileBody), async (c) => {
    const { name } = c.req.valid('json');
    const { me } = c.var;
    await renameAgent(c.env.DIRECTORY, me.agentId, name);
    await c.env.AGENT.getByName(me.agentId).renew(agentBy({ ...me, name }));
    return c.body(null, 204);
  })

  .put('/me/preferences', jsonBody(accountPreferencesBody), async (c) => {
    await putPreferences(c.env.DIRECTORY, c.var.me.agentId, c.req.valid('json'));
    return c.body(null, 204);
  })

  .put('/me/shortcuts', jsonBody(shortcutsBody), async (c) => {
    await putShortcuts(c.env.DIRECTORY, c.var.me.agentId, c.req.valid('json'));
    return c.body(null, 204);
  })

  .get('/sessions', async (c) => {
    const { me, session } = c.var;
    const sessions = await listSessions(c.env.DIRECTORY, me.agentId, Date.now());
    return c.json({
      sessions: sessions.map(({ id, userAgent, beganAt, lastSeenAt }) => ({
        ...{ id, isThis: id === session.id, device: deviceOf(userAgent ?? '') },
        ...{ beganAt, lastSeenAt: lastSeenAt ?? beganAt },
      })),
    } satisfies Sessions);
  })

  .delete('/sessions', async (c) => {
    const { agentId } = c.var.me;
    await endSessions(c.env.DIRECTORY, agentId);
    await c.env.AGENT.getByName(agentId).signOut();
    await endSession(c);
    await auditOwn(c, 'session.ended', { which: 'all' });
    return c.body(null, 204);
  })

  // The sockets of all browsers are closed, and those that still have a session come back.
  .delete('/sessions/others', async (c) => {
    const { me, session } = c.var;
    const ended = await endOtherSessions(c.env.DIRECTORY, me.agentId, session.id);
    await c.env.AGENT.getByName(me.agentId).renew(agentBy(me));
    await auditOwn(c, 'session.ended', { which: 'others', ended });
    return c.body(null, 204);
  })

  .delete('/sessions/:id', async (c) => {
    const { me } = c.var;
    const wasOwn = await endSessionOf(c.env.DIRECTORY, me.agentId, c.req.param('id'));
    if (!wasOwn) throw new RefusalError('session.unknown');
    await c.env.AGENT.getByName(me.agentId).renew(agentBy(me));
    await auditOwn(c, 'session.ended', { which: 'one' });
    return c.body(null, 204);
  });
