// Tells a push service which deployment sends, so that nobody else can send to its agents: RFC 8292. The key follows
// from PUSH_SECRET, so that it is made and kept as every secret is.

import { decodeBase64url, encodeBase64url } from './base64url.ts';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;
/** A service may refuse what is valid for more than a day. */
const VALID_FOR_MS = 12 * 3_600_000;
const RENEWED_BEFORE_MS = 3_600_000;

/** Around 32 bytes: a private key of P-256 as PKCS #8, without its public half, which the platform adds. */
const PKCS8 = Uint8Array.from([
  ...[0x30, 0x41, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02],
  ...[0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x27, 0x30, 0x25],
  ...[0x02, 0x01, 0x01, 0x04, 0x20],
]);

interface ServerKey {
  readonly signing: CryptoKey;
  /** In base64url, as browsers take it. */
  readonly publicKey: string;
}

interface Token {
  readonly text: string;
  readonly until: number;
}

const keys = new Map<string, Promise<ServerKey>>();
/** By key, service and sender. */
const tokens = new Map<string, Token>();

export const publicKeyOf = async (secret: string): Promise<string> =>
  (await keyOf(secret)).publicKey;

/**
 * The header `Authorization` of a message.
 * @param endpoint of the subscription
 * @param contact of the deployment: an https or mailto address
 */
export async function authorizationFor(
  endpoint: string,
  { secret, contact, now }: { secret: string; contact: string; now: number },
): Promise<string> {
  const key = await keyOf(secret);
  const { origin } = new URL(endpoint);
  const name = [key.publicKey, origin, contact].join(' ');
  const known = tokens.get(name);
  const isFresh =
    known && known.until - now > RENEWED_BEFORE_MS && known.until - now <= VALID_FOR_MS;
  const token = isFresh ? known : await sign(key, origin, contact, now + VALID_FOR_MS);
  tokens.set(name, token);
  return `vapid t=${token.text}, k=${key.publicKey}`;
}

async function sign(
  { signing }: ServerKey,
  aud: string,
  sub: string,
  until: number,
): Promise<Token> {
  const claims = { aud, exp: Math.floor(until / 1000), sub };
  const unsigned = [{ typ: 'JWT', alg: 'ES256' }, claims]
    .map((part) => encodeBase64url(new TextEncoder().encode(JSON.stringify(part))))
    .join('.');
  const signature = await crypto.subtle.sign(
    SIGNATURE,
    signing,
    new TextEncoder().encode(unsigned),
  );
  return { text: `${unsigned}.${encodeBase64url(new Uint8Array(signature))}`, until };
}

function keyOf(secret: string): Promise<ServerKey> {
  const key = keys.get(secret) ?? deriveKey(secret);
  keys.set(secret, key);
  return key;
}

async function deriveKey(secret: string): Promise<ServerKey> {
  const seed = new TextEncoder().encode(`web push ${secret}`);
  const scalar = new Uint8Array(await crypto.subtle.digest('SHA-256', seed));
  const pkcs8 = Uint8Array.from([...PKCS8, ...scalar]);
  const signing = await crypto.subtle.importKey('pkcs8', pkcs8, CURVE, true, ['sign']);
  const { x = '', y = '' } = (await crypto.subtle.exportKey('jwk', signing)) as JsonWebKey; // As it was asked for.
  const point = Uint8Array.from([4, ...decodeBase64url(x), ...decodeBase64url(y)]);
  return { signing, publicKey: encodeBase64url(point) };
}
