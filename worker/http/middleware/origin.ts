// Which sites may talk to Parley: agents' pages from its own origin, visitors' also from allowed_origins.

import type { Context, Next } from 'hono';
import { cors } from 'hono/cors';
import { refusal } from '#shared/refusals.ts';
import { shortened } from '#shared/text.ts';
import { settingsOf } from '../../io/settings.ts';
import { RefusalError, refusedResponse } from '../refusal-error.ts';

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

/** No site's origin is longer. */
const ORIGIN_CHARACTERS = 300;

const originOf = (request: Request) =>
  shortened(request.headers.get('origin') ?? 'this site', ORIGIN_CHARACTERS);

/** For routes of the workspace: no foreign page may use an agent's session. */
export async function ownOriginOnly(c: Context, next: Next): Promise<void> {
  const isSafe = c.req.method === 'GET' || c.req.method === 'HEAD';
  if (!isSafe && !isOwnOrigin(c.req.raw)) {
    throw new RefusalError('origin.refused', { origin: originOf(c.req.raw) });
  }
  await next();
}

/** For routes of the widget, which lives on other sites. One that is refused may read why. */
export async function visitorOriginsOnly<E extends { Bindings: Env }>(
  c: Context<E, string>,
  next: Next,
): Promise<Response | void> {
  const answer = cors({
    origin: (origin) => (origin.length > ORIGIN_CHARACTERS ? null : origin),
    allowHeaders: ['authorization', 'content-type'],
  });
  if (isVisitorOrigin(c.req.raw, c.env)) return answer(c, next);
  return answer(c, async () => {
    c.res = refusedResponse(refusal('origin.refused', { origin: originOf(c.req.raw) }));
  });
}
