// A visitor's token: their id, signed, so that only the browser it was given to can show it. Its `kid` is the
// number of the secret that signs it, so that a new secret can take over while tokens of the former are believed.

import { decode, sign, verify } from 'hono/jwt';
import { encodeBase64Url } from 'hono/utils/encode';
import * as v from 'valibot';
import type { VisitorPrincipal } from '#shared/identity.ts';
import { visitorIdSchema, type VisitorId } from '#shared/ids.ts';
import { visitorSecrets } from '#shared/secrets.ts';

type Secrets = Pick<Env, 'VISITOR_SECRET'>;

/** A visitor who stays away for longer becomes a new visitor. One who comes back gets a new token in time. */
const VALID_FOR_S = 30 * 24 * 3600;
/** Two clocks of ours may differ by so much. */
const AHEAD_S = 60;
const AUDIENCE = 'visitor';

/** By secret. Importing a key costs more than the check of a token that it is for. */
const keys = new Map<string, CryptoKey>();

/** Tokens of an earlier version name no secret: there was only the first. */
const headerSchema = v.object({ kid: v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d*$/)), '1') });

/** One without an end would be valid for ever. Those of an earlier version don't say when they were signed. */
const claimsSchema = v.object({
  sub: visitorIdSchema,
  exp: v.number(),
  iat: v.optional(v.number(), 0),
  checkedUntil: v.optional(v.number()),
});

/**
 * @param now epoch milliseconds
 * @param checkedUntil epoch milliseconds: until then the visitor counts as human
 */
export function visitorToken(
  visitorId: VisitorId,
  secrets: Secrets,
  now: number,
  checkedUntil?: number,
): Promise<string> {
  const [kid, secret] = [...visitorSecrets(secrets)].at(-1) ?? [1, secrets.VISITOR_SECRET];
  const iat = Math.floor(now / 1000);
  const claims = { sub: visitorId, aud: AUDIENCE, iat, exp: iat + VALID_FOR_S, checkedUntil };
  const k = encodeBase64Url(new TextEncoder().encode(secret).buffer).replace(/=+$/, '');
  return sign(claims, { kty: 'oct', alg: 'HS256', kid: String(kid), k });
}

/** Null for a token that is not ours, was altered, or has expired. */
export async function visitorOf(token: string, secrets: Secrets): Promise<VisitorPrincipal | null> {
  try {
    const { kid } = v.parse(headerSchema, decode(token).header);
    const secret = visitorSecrets(secrets).get(Number(kid));
    if (secret === undefined) return null;
    const options = { alg: 'HS256', aud: AUDIENCE, iat: false } as const;
    const claims = await verify(token, await keyOf(secret), options);
    const { sub, iat, checkedUntil } = v.parse(claimsSchema, claims);
    if (iat > Date.now() / 1000 + AHEAD_S) return null;
    return { kind: 'visitor', visitorId: sub, ...(checkedUntil && { checkedUntil }) };
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
