// Which sites may talk to the desk: agents from its own origin, visitors also from allowed_origins.

import { createMiddleware } from 'hono/factory';
import { cors } from 'hono/cors';
import { refusal } from '#shared/refusals.ts';
import { Refused, refusedResponse } from '../refused.ts';
import { settingsOf } from '../settings.ts';

/** Requests that browsers send without an `Origin` header pass; a foreign page's never lack it. */
export function isOwnOrigin(request: Request): boolean {
  const origin = request.headers.get('origin');
  return origin === null || origin === new URL(request.url).origin;
}

export function isVisitorOrigin(request: Request, env: Env): boolean {
  const allowed = settingsOf(env).widget.allowed_origins;
  const origin = request.headers.get('origin');
  return isOwnOrigin(request) || allowed.some((one) => one === '*' || one === origin);
}

const originOf = (request: Request) => request.headers.get('origin') ?? 'this site';

/** For routes of agents: no foreign page may use his session. */
export const ownOriginOnly = createMiddleware<{ Bindings: Env }>(async (c, next) => {
  const isSafe = c.req.method === 'GET' || c.req.method === 'HEAD';
  if (!isSafe && !isOwnOrigin(c.req.raw)) {
    throw new Refused('origin.refused', { origin: originOf(c.req.raw) });
  }
  await next();
});

/** For routes of the widget, which lives on other sites. A refused one may read why. */
export const visitorOriginsOnly = createMiddleware<{ Bindings: Env }>(async (c, next) => {
  const answer = cors({
    origin: (origin) => origin,
    allowHeaders: ['authorization', 'content-type'],
  });
  if (isVisitorOrigin(c.req.raw, c.env)) return answer(c, next);
  return answer(c, async () => {
    c.res = refusedResponse(refusal('origin.refused', { origin: originOf(c.req.raw) }));
  });
});
