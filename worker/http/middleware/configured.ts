// A deployment that is not set up answers nothing: without its secrets it would let anybody in.

import { createMiddleware } from 'hono/factory';
import { checkSecrets, checkTurnstileSecret } from '#shared/secrets.ts';
import { settingsOf } from '../../io/settings.ts';

export const configured = createMiddleware<{ Bindings: Env }>(async (c, next) => {
  checkSecrets(c.env);
  checkTurnstileSecret(settingsOf(c.env), c.env.TURNSTILE_SECRET_KEY);
  await next();
});
