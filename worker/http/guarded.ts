// Routes behind their guards. Middleware on a path would guard what other apps have there, too, and nothing that
// was mounted before it; here each route carries its own guards, wherever it is mounted.

import { Hono, type Env as HonoEnv, type MiddlewareHandler } from 'hono';

/** The routes of `parts`, each behind all `guards`, in their order. */
export function guarded<E extends HonoEnv>(
  guards: readonly MiddlewareHandler<E>[],
  ...parts: readonly Hono<E>[]
): Hono<E> {
  const app = new Hono<E>();
  const known = new Set<string>();
  for (const { method, path, handler } of parts.flatMap(({ routes }) => routes)) {
    // A route with middleware of its own is listed once for each of its handlers.
    const route = `${method} ${path}`;
    if (!known.has(route)) for (const guard of guards) app.on(method, path, guard);
    known.add(route);
    app.on(method, path, handler);
  }
  return app;
}
