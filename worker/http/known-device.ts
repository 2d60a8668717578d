// A browser in which an agent has signed in before: strangers who try passwords elsewhere do not keep it out.

import type { Context } from 'hono';
import { getSignedCookie, setSignedCookie } from 'hono/cookie';
import { hexOf } from '../hex.ts';

const COOKIE = 'parley.device';
const YEAR_S = 365 * 24 * 3600;
/** As many people as share a browser. */
const MOST_ACCOUNTS = 8;
const SEPARATOR = '~';

type WithEnv = { Bindings: Env };

export interface Device {
  readonly id: string;
  /** Whose passwords were right there, the last one first; by {@link tagOf} their e-mail. */
  readonly accounts: readonly string[];
}

/** Null in a browser that is new here. */
export async function deviceOf<E extends WithEnv>(c: Context<E>): Promise<Device | null> {
  if (!c.req.header('cookie')?.includes(`${COOKIE}=`)) return null;
  const prefix = isSecure(c) ? 'host' : undefined;
  const value = await getSignedCookie(c, c.env.AUTH_SECRET, COOKIE, prefix);
  if (!value) return null;
  const [id = '', ...accounts] = value.split(SEPARATOR);
  return { id, accounts };
}

/** The id of the device, where this e-mail has signed in on it before. */
export async function deviceKnownTo<E extends WithEnv>(
  c: Context<E>,
  email: string,
): Promise<string | null> {
  const device = await deviceOf(c);
  return device?.accounts.includes(await tagOf(email)) ? device.id : null;
}

/** After a right password. */
export async function rememberDevice<E extends WithEnv>(
  c: Context<E>,
  email: string,
): Promise<void> {
  const { id = crypto.randomUUID(), accounts = [] } = (await deviceOf(c)) ?? {};
  const tag = await tagOf(email);
  const tags = [tag, ...accounts.filter((other) => other !== tag)].slice(0, MOST_ACCOUNTS);
  await setSignedCookie(c, COOKIE, [id, ...tags].join(SEPARATOR), c.env.AUTH_SECRET, {
    ...{ httpOnly: true, sameSite: 'Lax', path: '/', maxAge: YEAR_S },
    ...(isSecure(c) ? { secure: true, prefix: 'host' } : {}),
  });
}

/** Short, and no address for those who look at a colleague's cookies. */
async function tagOf(email: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(email));
  return hexOf(new Uint8Array(hash, 0, 8));
}

const isSecure = (c: Context): boolean => new URL(c.req.url).protocol === 'https:';
