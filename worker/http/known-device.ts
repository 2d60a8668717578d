// A browser in which an agent has signed in before: strangers who try passwords elsewhere do not keep it out.

import type { Context } from 'hono';
import { getSignedCookie, setSignedCookie } from 'hono/cookie';

const COOKIE = 'parley.device';
const YEAR_S = 365 * 24 * 3600;

type WithEnv = { Bindings: Env };

/** Null in a browser that is new here. */
export async function deviceOf<E extends WithEnv>(c: Context<E>): Promise<string | null> {
  if (!c.req.header('cookie')?.includes(`${COOKIE}=`)) return null;
  const prefix = isSecure(c) ? 'secure' : undefined;
  return (await getSignedCookie(c, c.env.AUTH_SECRET, COOKIE, prefix)) || null;
}

/** After a right password. */
export async function rememberDevice<E extends WithEnv>(c: Context<E>): Promise<void> {
  if ((await deviceOf(c)) !== null) return;
  await setSignedCookie(c, COOKIE, crypto.randomUUID(), c.env.AUTH_SECRET, {
    ...{ httpOnly: true, sameSite: 'Lax', path: '/', maxAge: YEAR_S },
    ...(isSecure(c) ? { secure: true, prefix: 'secure' } : {}),
  });
}

const isSecure = (c: Context): boolean => new URL(c.req.url).protocol === 'https:';
