// Which tokens show a visitor.

import { decode, sign } from 'hono/jwt';
import { encodeBase64Url } from 'hono/utils/encode';
import { expect, test } from 'vitest';
import { newVisitorId } from '#shared/ids.ts';
import { visitorOf, visitorToken } from './visitor-token.ts';

const FIRST = { VISITOR_SECRET: 'first-secret-of-this-test-0123456789' };
const SECOND = { VISITOR_SECRET_2: 'second-secret-of-this-test-0123456789' };
const DAY_MS = 24 * 3600 * 1000;
const base64Url = (text: string) =>
  encodeBase64Url(new TextEncoder().encode(text).buffer).replace(/=+$/, '');
const sub = newVisitorId();
const visitor = { kind: 'visitor', visitorId: sub };
const now = () => Math.floor(Date.now() / 1000);
const right = () => ({ sub, aud: 'visitor', iat: now(), exp: now() + 60 });

/** Signed as any JWT is, with what a test wants in header and claims. */
const signed = (claims: object, header: object = {}, secret = FIRST.VISITOR_SECRET) => {
  const k = base64Url(secret);
  // Its type knows no wrong claims.
  return sign(claims as never, { kty: 'oct', k, alg: 'HS256', kid: '1', ...header });
};

test('[AP10] a token is its visitor’s for 30 days', async () => {
  const token = await visitorToken(sub, FIRST, Date.now());
  expect(await visitorOf(token, FIRST)).toEqual(visitor);
  const { header, payload } = decode(token);
  expect(header).toMatchObject({ kid: '1' });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(30 * 24 * 3600);
  const old = (days: number) => visitorToken(sub, FIRST, Date.now() - days * DAY_MS);
  expect(await visitorOf(await old(29), FIRST)).toEqual(visitor);
  expect(await visitorOf(await old(30), FIRST)).toBeNull();
});

test.each([
  ['no end', () => ({ sub, aud: 'visitor' })],
  ['an end that is no number', () => ({ ...right(), exp: 'never' })],
  ['its end behind it', () => ({ ...right(), exp: now() - 1 })],
  ['a beginning that is to come', () => ({ ...right(), iat: now() + 3600 })],
  ['another audience', () => ({ ...right(), aud: 'agent' })],
  ['no visitor', () => ({ ...right(), sub: 'mara' })],
])('[AP10] a token with %s is refused, though its signature is right', async (_what, claims) => {
  expect(await visitorOf(await signed(claims()), FIRST)).toBeNull();
});

test.each([
  ['an unknown number', { kid: '3' }],
  ['the number of a secret that another has signed', { kid: '2' }],
  ['a number that is no number', { kid: '__proto__' }],
  ['a number in another spelling', { kid: '01' }],
  ['another algorithm', { alg: 'HS512' }],
])('[AP11] a token with %s is refused', async (_what, header) => {
  const token = await signed(right(), header);
  expect(await visitorOf(token, { ...FIRST, ...SECOND })).toBeNull();
});

test('[AP10] a token that nothing has signed is refused', async () => {
  const [, claims] = (await signed(right())).split('.');
  const header = base64Url('{"alg":"none","typ":"JWT","kid":"1"}');
  expect(await visitorOf(`${header}.${claims}.`, FIRST)).toBeNull();
});

test('[AP11] a new secret signs, and tokens of the former are believed until it is taken away', async () => {
  const both = { ...FIRST, ...SECOND };
  const former = await visitorToken(sub, FIRST, Date.now());
  const latter = await visitorToken(sub, both, Date.now());
  expect(decode(latter).header).toMatchObject({ kid: '2' });
  for (const token of [former, latter]) expect(await visitorOf(token, both)).toEqual(visitor);
  const without = { ...SECOND, VISITOR_SECRET: 'another-secret-in-its-place-0123456789' };
  expect(await visitorOf(former, without)).toBeNull();
  expect(await visitorOf(latter, without)).toEqual(visitor);
  expect(await visitorOf(latter, FIRST)).toBeNull();
});

test('[AP11] a token of an earlier version, which names no secret, is one of the first', async () => {
  const { VISITOR_SECRET } = FIRST;
  const exp = now() + 300 * 24 * 3600;
  const token = await sign({ sub, aud: 'visitor', exp }, VISITOR_SECRET, 'HS256');
  expect(await visitorOf(token, { ...FIRST, ...SECOND })).toEqual(visitor);
  const expired = await sign({ sub, aud: 'visitor', exp: now() - 1 }, VISITOR_SECRET, 'HS256');
  expect(await visitorOf(expired, FIRST)).toBeNull();
});
