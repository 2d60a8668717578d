// What a widget asks for before it has a socket. Mounted at /api.

import { Hono } from 'hono';
import type { VisitorIdentity, WidgetFacts } from '#shared/api.ts';
import { newVisitorId } from '#shared/ids.ts';
import type { Env } from '../env.ts';
import { visitorOriginsOnly } from '../middleware/origin.ts';
import { Refused } from '../refused.ts';
import { settingsOf } from '../settings.ts';
import { visitorToken } from '../visitor-token.ts';

export const visitors = new Hono<{ Bindings: Env }>()
  .use('/visitors', visitorOriginsOnly)
  .use('/widget', visitorOriginsOnly)

  .post('/visitors', async (c) => {
    const visitorId = newVisitorId();
    const token = await visitorToken(visitorId, c.env.VISITOR_SECRET, Date.now());
    return c.json({ visitorId, token } satisfies VisitorIdentity, 201);
  })

  .get('/widget', async (c) => {
    const { workspace, departments, limits } = settingsOf(c.env);
    const wanted = c.req.query('department');
    const department = wanted ? departments.find(({ id }) => id === wanted) : departments[0];
    if (!department) throw new Refused('department.unknown', { department: wanted ?? '' });
    return c.json({
      workspace,
      department,
      attended: await c.env.DEPARTMENT.getByName(department.id).isAttended(),
      messageCharacters: limits.message_characters,
    } satisfies WidgetFacts);
  });
