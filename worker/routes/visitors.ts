// What a widget asks for before it has a socket. Mounted at /api.

import { Hono } from 'hono';
import type { VisitorIdentity, WidgetFacts } from '#shared/api.ts';
import { newVisitorId } from '#shared/ids.ts';
import { opensAt } from '#shared/settings/policies/hours.ts';
import { policyOf } from '#shared/settings/policy.ts';
import { admissionTo } from '#shared/admission.ts';
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
    const settings = settingsOf(c.env);
    const { workspace, departments, limits } = settings;
    const wanted = c.req.query('department');
    const department = wanted ? departments.find(({ id }) => id === wanted) : departments[0];
    if (!department) throw new Refused('department.unknown', { department: wanted ?? '' });
    const { id, name } = department;
    const online: boolean[] = [];
    const admission = await admissionTo(id, {
      settings,
      now: Date.now(),
      isOnline: async (one) => {
        online.push(await c.env.DEPARTMENT.getByName(one).isOnline());
        return online.at(-1) ?? false;
      },
    });
    return c.json({
      workspace,
      department: { id, name },
      online: online.at(-1) ?? false,
      accepting: admission.ok,
      opensAt: opensAt(policyOf(settings, id).hours, Date.now()),
      messageCharacters: limits.message_characters,
    } satisfies WidgetFacts);
  });
