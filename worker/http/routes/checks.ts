// How a visitor shows that they are human, where the settings ask for it: the page with Turnstile, which the widget
// frames, and what comes of it. Mounted at /api.

import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { localeFor } from '#messages/locale.ts';
import { checkBody, type VisitorIdentity } from '#shared/api.ts';
import { newVisitorId } from '#shared/ids.ts';
import { settingsOf } from '../../io/settings.ts';
import { verifyTurnstile } from '../../io/turnstile.ts';
import { jsonBody } from '../body.ts';
import { checkPage } from '../check-page.ts';
import { tokenOf, visitorByToken } from '../middleware/visitor.ts';
import { RefusalError } from '../refusal-error.ts';
import { visitorToken } from '../visitor-token.ts';

/** So long a visitor who has passed counts as human. */
const PASSED_MS = 24 * 3_600_000;
/** So long one whom Cloudflare could not judge does: its outage must not close the desk. */
const UNKNOWN_MS = 10 * 60_000;

const onlyIfAsked = createMiddleware<{ Bindings: Env }>(async (c, next) => {
  if (settingsOf(c.env).turnstile.mode === 'off') throw new RefusalError('route.unknown');
  await next();
});

export const checks = new Hono<{ Bindings: Env }>()
  .get('/check', onlyIfAsked, (c) => {
    const { turnstile, widget } = settingsOf(c.env);
    const locale = localeFor(c.req.query('language') ?? null);
    return checkPage({
      siteKey: turnstile.site_key ?? '',
      locale,
      framedBy: widget.allowed_origins,
    });
  })

  .post('/checks', onlyIfAsked, jsonBody(checkBody), async (c) => {
    const token = tokenOf(c);
    const known = token === null ? null : await visitorByToken(token, c.env);
    const verdict = await verifyTurnstile(
      {
        token: c.req.valid('json').turnstile,
        hostname: new URL(c.req.url).hostname,
        address: c.req.header('cf-connecting-ip') ?? null,
      },
      c.env.TURNSTILE_SECRET_KEY ?? '',
    );
    if (verdict === 'failed') throw new RefusalError('check.failed');
    if (verdict === 'expired') throw new RefusalError('check.expired');
    const now = Date.now();
    const visitorId = known?.visitorId ?? newVisitorId();
    const checkedUntil = now + (verdict === 'passed' ? PASSED_MS : UNKNOWN_MS);
    return c.json(
      {
        visitorId,
        token: await visitorToken(visitorId, c.env, now, checkedUntil),
      } satisfies VisitorIdentity,
      201,
    );
  });
