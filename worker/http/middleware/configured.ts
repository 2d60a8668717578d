// A deployment that is not set up answers nothing: without its secrets it would let anybody in.

import { createMiddleware } from 'hono/factory';
import { checkSecrets } from '#shared/secrets.ts';

export const configured = createMiddleware<{ Bindings: Env }>(async (c, next) => {
  checkSecrets(c.env);
  await next();
});
