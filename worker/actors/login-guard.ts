// Counts the wrong passwords for an e-mail, and locks it for those who gave them. E-mails are counted whether or not
// they are an account's, so that a stranger cannot learn which are.

import { createDurable, proxyDurable } from 'itty-durable';
import * as v from 'valibot';
import { hexOf } from '../hex.ts';

/** From one address, or on one known device. */
const ATTEMPTS = 5;
/** Of all strangers together. A known device is not among them: nobody can lock its agent out. */
const ATTEMPTS_OF_STRANGERS = 30;
const WINDOW_MS = 15 * 60 * 1000;
const LOCK_MS = 15 * 60 * 1000;

const verdictSchema = v.object({
  /** When the lock opens, in epoch milliseconds; null: try the password. */
  lockedUntil: v.nullable(v.number()),
});

const OPEN = { lockedUntil: null };

export class LoginGuard extends createDurable() {
  attempts = 0;
  /** Epoch milliseconds: of the first attempt that counts. */
  since = 0;
  lockedUntil = 0;

  /** itty-durable would turn every binding into a proxy of its own; the guard needs none. */
  constructor(state: DurableObjectState) {
    super(state, {});
  }

  /** Counted before the password is tried, so that many tries at once are no way around the lock. */
  async attempt(most: number) {
    const now = Date.now();
    if (this.lockedUntil > now) return { lockedUntil: this.lockedUntil };
    if (this.lockedUntil > 0 || this.since + WINDOW_MS <= now) this.#forget();
    if (this.attempts === 0) this.since = now;
    this.attempts += 1;
    if (this.attempts >= most) this.lockedUntil = now + LOCK_MS;
    await this.persist();
    await this.setAlarm(Math.max(this.lockedUntil, this.since + WINDOW_MS));
    return OPEN;
  }

  /** The password was right. */
  async clear() {
    await this.alarm();
    return OPEN;
  }

  /** The attempt does not count. */
  async withdraw() {
    this.attempts = Math.max(0, this.attempts - 1);
    this.lockedUntil = 0;
    await this.persist();
    return OPEN;
  }

  /** Nothing is left to remember. */
  async alarm() {
    this.#forget();
    await this.destroy();
  }

  #forget(): void {
    this.attempts = 0;
    this.lockedUntil = 0;
  }
}

type GuardCall = 'attempt' | 'clear' | 'withdraw';

export interface SignIn {
  readonly email: string;
  /** Where it comes from, as limits tell clients apart. */
  readonly address: string;
  /** The device, if this e-mail has signed in on it before; null: a stranger's, for all we know. */
  readonly device: string | null;
}

/** Null when the password may be tried, which counts; else the milliseconds until the lock opens. */
export async function attemptSignIn(
  guards: DurableObjectNamespace,
  signIn: SignIn,
): Promise<number | null> {
  const own = await call(guards, ownKey(signIn), 'attempt', ATTEMPTS);
  if (own.lockedUntil !== null) return own.lockedUntil - Date.now();
  if (signIn.device !== null) return null;
  const all = await call(guards, strangersKey(signIn), 'attempt', ATTEMPTS_OF_STRANGERS);
  if (all.lockedUntil === null) return null;
  await call(guards, ownKey(signIn), 'withdraw');
  return all.lockedUntil - Date.now();
}

/** The password was right: wrong ones that came from there are forgotten. */
export async function clearSignIns(guards: DurableObjectNamespace, signIn: SignIn): Promise<void> {
  await call(guards, ownKey(signIn), 'clear');
  if (signIn.device === null) await call(guards, strangersKey(signIn), 'withdraw');
}

/** The password could not be tried: the attempt is taken back. */
export async function withdrawSignIn(
  guards: DurableObjectNamespace,
  signIn: SignIn,
): Promise<void> {
  await call(guards, ownKey(signIn), 'withdraw');
  if (signIn.device === null) await call(guards, strangersKey(signIn), 'withdraw');
}

const ownKey = ({ email, address, device }: SignIn): string =>
  device === null ? `address ${address} ${email}` : `device ${device} ${email}`;

const strangersKey = ({ email }: SignIn): string => `strangers ${email}`;

// A guard's proxy must not leave this function: returned from an async one, its `then` would be a call too.
async function call(
  guards: DurableObjectNamespace,
  key: string,
  name: GuardCall,
  ...given: number[]
) {
  const hashed = await keyOf(key);
  // The cast is safe: every method of a proxy is a call, and the answer is parsed.
  const guard = proxyDurable(guards, { parse: true }).get(hashed) as Record<
    GuardCall,
    (...given: number[]) => Promise<unknown>
  >;
  return v.parse(verdictSchema, await guard[name](...given));
}

/** Hashed because keys travel in a header; prefixed because itty-durable takes 64 hex digits for an id. */
async function keyOf(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `guard-${hexOf(hash)}`;
}
