// Which tokens show a visitor.

import { sign } from 'hono/jwt';
import { expect, test } from 'vitest';
import { newVisitorId } from '#shared/ids.ts';
import { visitorOf, visitorToken } from './visitor-token.ts';

const SECRET = 'visitor-secret-of-this-test-0123456789';
const sub = newVisitorId();
const now = () => Math.floor(Date.now() / 1000);

test('[AP10] a token is its visitor’s, for as long as it is valid', async () => {
  const token = await visitorToken(sub, SECRET, Date.now());
  expect(await visitorOf(token, SECRET)).toEqual({ kind: 'visitor', visitorId: sub });
});

test.each([
  ['no end', { sub, aud: 'visitor' }],
  ['an end that is no number', { sub, aud: 'visitor', exp: 'never' }],
  ['its end behind it', { sub, aud: 'visitor', exp: now() - 1 }],
  ['another audience', { sub, aud: 'agent', exp: now() + 60 }],
])('[AP10] a token with %s is refused, though its signature is right', async (_what, claims) => {
  const token = await sign(claims as never, SECRET, 'HS256'); // Its type knows no wrong claims.
  expect(await visitorOf(token, SECRET)).toBeNull();
});
