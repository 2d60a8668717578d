// Which visitor makes a request: the one whom the token was given to.

import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { VisitorPrincipal } from '#shared/identity.ts';
import { RefusalError } from '../refusal-error.ts';
import { visitorOf } from '../visitor-token.ts';

/** What a route behind {@link requireVisitor} has. */
export interface KnownVisitor {
  Bindings: Env;
  Variables: { visitor: VisitorPrincipal };
}

/** The token that a request carries; whether it is a right one, {@link visitorByToken} says. */
export const tokenOf = (c: Context): string | null =>
  /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? null;

export async function visitorByToken(token: string | null, env: Env): Promise<VisitorPrincipal> {
  const visitor = token === null ? null : await visitorOf(token, env);
  if (visitor === null) throw new RefusalError('visitor.missing');
  return visitor;
}

export const requireVisitor = createMiddleware<KnownVisitor>(async (c, next) => {
  c.set('visitor', await visitorByToken(tokenOf(c), c.env));
  await next();
});
