// A visitor who is still there gets a new token before the old one ends. Mounted at /api.

import { Hono } from 'hono';
import type { VisitorIdentity } from '#shared/api.ts';
import type { KnownVisitor } from '../middleware/visitor.ts';
import { visitorToken } from '../visitor-token.ts';

export const visitorRenewal = new Hono<KnownVisitor>().post('/visitors/renewal', async (c) => {
  const { visitorId, checkedUntil } = c.var.visitor;
  const token = await visitorToken(visitorId, c.env, Date.now(), checkedUntil);
  return c.json({ visitorId, token } satisfies VisitorIdentity);
});
