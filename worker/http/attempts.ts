// Passwords and codes that are tried: never more than may be, wherever they are asked for.

import type { Context } from 'hono';
import { attemptSignIn, clearSignIns, withdrawSignIn, type SignIn } from '../actors/login-guard.ts';
import { AtOnce } from './at-once.ts';
import { clientAddress } from './client-address.ts';
import { deviceKnownTo } from './known-device.ts';
import { RefusalError } from './refusal-error.ts';

const MINUTE_MS = 60_000;

/** Each hash of a password keeps the isolate busy, which serves visitors as well. */
const hashing = new AtOnce(2, Date.now);

type WithEnv = { Bindings: Env };

/** What is tried. Wrong codes of an account are counted apart from wrong passwords. */
type Tried = 'password' | 'code';

/**
 * Counted before it is tried, so that many tries at once are no way around the lock. @param email whose account it is,
 * or would be
 */
export async function attempt<E extends WithEnv, T>(
  c: Context<E>,
  what: Tried,
  email: string,
  tried: () => Promise<T>,
): Promise<T> {
  const { LOGIN_GUARD } = c.env;
  const from = await comingFrom(c, what, email);
  const lockedMs = await attemptSignIn(LOGIN_GUARD, from);
  if (lockedMs !== null) throw locked(what, Math.ceil(lockedMs / MINUTE_MS));
  try {
    const found = await tried();
    await clearSignIns(LOGIN_GUARD, from);
    return found;
  } catch (error) {
    if (!(error instanceof RefusalError)) await withdrawSignIn(LOGIN_GUARD, from);
    throw error;
  }
}

/** An admin has let the agent in: what was wrong before counts no more. */
export async function forgetAttempts<E extends WithEnv>(
  c: Context<E>,
  email: string,
): Promise<void> {
  await clearSignIns(c.env.LOGIN_GUARD, await comingFrom(c, 'password', email));
}

/** For what hashes a password. */
export async function hashed<T>(work: () => Promise<T>): Promise<T> {
  const end = hashing.begin();
  if (!end) throw new RefusalError('rate.limited', { seconds: 1 });
  try {
    return await work();
  } finally {
    end();
  }
}

async function comingFrom<E extends WithEnv>(
  c: Context<E>,
  what: Tried,
  email: string,
): Promise<SignIn> {
  const device = await deviceKnownTo(c, email);
  // No e-mail address has a blank.
  const counted = what === 'password' ? email : `code of ${email}`;
  return { email: counted, address: clientAddress(c.req.raw), device };
}

const locked = (what: Tried, minutes: number): RefusalError =>
  what === 'password'
    ? new RefusalError('session.locked', { minutes })
    : new RefusalError('second-factor.locked', { minutes });
