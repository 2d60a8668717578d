// What a widget asks for before it has a socket. Mounted at /api.

import { Hono } from 'hono';
import { admissionTo } from '#shared/admission.ts';
import type { VisitorIdentity, WidgetConfig } from '#shared/api.ts';
import { newVisitorId, type DepartmentId } from '#shared/ids.ts';
import { opensAt } from '#shared/opening-hours.ts';
import { policyOf } from '#shared/settings/policy.ts';
import { settingsOf } from '../../io/settings.ts';
import { RefusalError } from '../refusal-error.ts';
import { visitorToken } from '../visitor-token.ts';

export const visitors = new Hono<{ Bindings: Env }>()
  .post('/visitors', async (c) => {
    if (settingsOf(c.env).turnstile.mode === 'always') throw new RefusalError('visitor.unchecked');
    const visitorId = newVisitorId();
    const token = await visitorToken(visitorId, c.env, Date.now());
    return c.json({ visitorId, token } satisfies VisitorIdentity, 201);
  })

  .get('/widget', async (c) => {
    const settings = settingsOf(c.env);
    const { workspace, departments, limits } = settings;
    const wanted = c.req.query('department');
    const department = wanted ? departments.find(({ id }) => id === wanted) : departments[0];
    if (!department) throw new RefusalError('department.unknown', { department: wanted ?? '' });
    const { id, name } = department;
    const now = Date.now();
    let online = false;
    const ask = async (one: DepartmentId) => {
      const status = await c.env.DEPARTMENT.getByName(one).status(null);
      online ||= status.isOnline;
      return status;
    };
    const admission = await admissionTo(id, { settings, now, isChecked: true, ask });
    return c.json({
      workspace,
      department: { id, name },
      online,
      accepting: admission.ok,
      opensAt: opensAt(policyOf(settings, id).hours, now),
      messageCharacters: limits.message_characters,
    } satisfies WidgetConfig);
  });
