// A visitor's token: their id, signed, so that only the browser it was given to can show it.

import { sign, verify } from 'hono/jwt';
import * as v from 'valibot';
import type { VisitorPrincipal } from '#shared/identity.ts';
import { visitorIdSchema, type VisitorId } from '#shared/ids.ts';

/** A visitor who stays away for longer becomes a new visitor. */
const VALID_FOR_S = 365 * 24 * 3600;
const AUDIENCE = 'visitor';

/** By secret. Importing a key costs more than the check of a token that it is for. */
const keys = new Map<string, CryptoKey>();

/** One without an end would be valid for ever. */
const claimsSchema = v.object({ sub: visitorIdSchema, exp: v.number() });

/** @param now epoch milliseconds */
export function visitorToken(visitorId: VisitorId, secret: string, now: number): Promise<string> {
  const exp = Math.floor(now / 1000) + VALID_FOR_S;
  return sign({ sub: visitorId, aud: AUDIENCE, exp }, secret, 'HS256');
}

/** Null for a token that is not ours, was altered, or has expired. */
export async function visitorOf(token: string, secret: string): Promise<VisitorPrincipal | null> {
  try {
    const claims = await verify(token, await keyOf(secret), { alg: 'HS256', aud: AUDIENCE });
    return { kind: 'visitor', visitorId: v.parse(claimsSchema, claims).sub };
  } catch {
    return null;
  }
}

async function keyOf(secret: string): Promise<CryptoKey> {
  const known = keys.get(secret);
  if (known) return known;
  const raw = new TextEncoder().encode(secret);
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', raw, algorithm, false, ['verify']);
  keys.set(secret, key);
  return key;
}
