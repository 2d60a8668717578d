// Counts the wrong passwords of an account and locks it. One actor per e-mail, whether or not it is an
// account's, so that a stranger cannot learn which are.

import { createDurable, proxyDurable } from 'itty-durable';
import * as v from 'valibot';

const ATTEMPTS = 5;
const LOCK_MS = 15 * 60 * 1000;

const verdictSchema = v.object({
  /** When the lock opens, in epoch milliseconds; null: try the password. */
  lockedUntil: v.nullable(v.number()),
});

export class LoginGuard extends createDurable() {
  attempts = 0;
  lockedUntil = 0;

  /** itty-durable would turn every binding into a proxy of its own; the guard needs none. */
  constructor(state: DurableObjectState) {
    super(state, {});
  }

  /** Counted before the password is tried, so that many tries at once are no way around the lock. */
  async attempt() {
    const now = Date.now();
    if (this.lockedUntil > now) return { lockedUntil: this.lockedUntil };
    if (this.attempts >= ATTEMPTS) this.attempts = 0;
    this.attempts += 1;
    this.lockedUntil = this.attempts >= ATTEMPTS ? now + LOCK_MS : 0;
    await this.persist();
    return { lockedUntil: null };
  }

  /** The password was right. */
  async clear() {
    this.attempts = 0;
    this.lockedUntil = 0;
    await this.persist();
    return { lockedUntil: null };
  }

  /** The password could not be tried, so the attempt does not count. */
  async withdraw() {
    this.attempts = Math.max(0, this.attempts - 1);
    this.lockedUntil = 0;
    await this.persist();
    return { lockedUntil: null };
  }
}

type GuardCall = 'attempt' | 'clear' | 'withdraw';

/** Null when the password may be tried, which counts; else the milliseconds until the lock opens. */
export async function attemptSignIn(
  guards: DurableObjectNamespace,
  email: string,
): Promise<number | null> {
  const { lockedUntil } = await call(guards, email, 'attempt');
  return lockedUntil === null ? null : Math.max(0, lockedUntil - Date.now());
}

/** The password was right: earlier wrong ones are forgotten. */
export async function clearSignIns(guards: DurableObjectNamespace, email: string): Promise<void> {
  await call(guards, email, 'clear');
}

/** The password could not be tried: the attempt is taken back. */
export async function withdrawSignIn(guards: DurableObjectNamespace, email: string): Promise<void> {
  await call(guards, email, 'withdraw');
}

// A guard's proxy must not leave this function: returned from an async one, its `then` would be a call too.
async function call(guards: DurableObjectNamespace, email: string, name: GuardCall) {
  const key = await keyOf(email);
  // The cast is safe: every method of a proxy is a call, and the answer is parsed.
  const guard = proxyDurable(guards, { parse: true }).get(key) as Record<
    GuardCall,
    () => Promise<unknown>
  >;
  return v.parse(verdictSchema, await guard[name]());
}

/** Hashed because keys travel in a header; prefixed because itty-durable takes 64 hex digits for an id. */
async function keyOf(email: string): Promise<string> {
  const bytes = new TextEncoder().encode(email.trim().toLowerCase());
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `account-${Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
