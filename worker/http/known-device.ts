// A browser in which an agent has signed in before: strangers who try passwords elsewhere do not keep it out.

import type { Context } from 'hono';
import { getSignedCookie, setSignedCookie } from 'hono/cookie';

const COOKIE = 'parley.device';
const YEAR_S = 365 * 24 * 3600;

type WithEnv = { Bindings: Env };

interface Device {
  readonly id: string;
  /** Of the address that was signed in with last; the address itself need not lie there. */
  readonly account: string;
}

/** Null in a browser that is new here. */
export async function deviceOf<E extends WithEnv>(c: Context<E>): Promise<Device | null> {
  if (!c.req.header('cookie')?.includes(`${COOKIE}=`)) return null;
  const prefix = isSecure(c) ? 'host' : undefined;
  const value = await getSignedCookie(c, c.env.AUTH_SECRET, COOKIE, prefix);
  const [id, account] = value ? value.split('.') : [];
  return id && account ? { id, account } : null;
}

/** Under what wrong passwords are counted: a device that knows the account counts for itself. */
export async function countedAs<E extends WithEnv>(c: Context<E>, email: string): Promise<string> {
  const device = await deviceOf(c);
  return device?.account === (await digestOf(email)) ? `${email} ${device.id}` : email;
}

/** After a right password. */
export async function rememberDevice<E extends WithEnv>(
  c: Context<E>,
  email: string,
): Promise<void> {
  const account = await digestOf(email);
  const known = await deviceOf(c);
  if (known?.account === account) return;
  const value = `${known?.id ?? crypto.randomUUID()}.${account}`;
  await setSignedCookie(c, COOKIE, value, c.env.AUTH_SECRET, {
    ...{ httpOnly: true, sameSite: 'Lax', path: '/', maxAge: YEAR_S },
    ...(isSecure(c) ? { secure: true, prefix: 'host' } : {}),
  });
}

const isSecure = (c: Context): boolean => new URL(c.req.url).protocol === 'https:';

async function digestOf(email: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(email));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
