// A visitor's new token, through the whole Worker.

import { env, exports } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import type { VisitorIdentity } from '#shared/api.ts';
import { newConversationId, newVisitorId } from '#shared/ids.ts';
import { Wire } from '../../../scripts/client/wire.ts';
import { visitorToken } from '../visitor-token.ts';

const ORIGIN = 'https://parley.test';
const DAY_MS = 24 * 3600 * 1000;
const visitorId = newVisitorId();

const renew = (token: string) =>
  exports.default.fetch(
    new Request(`${ORIGIN}/api/visitors/renewal`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    }),
  );

async function greets(token: string): Promise<boolean> {
  const { webSocket } = await exports.default.fetch(
    new Request(`${ORIGIN}/ws/conversations/${newConversationId()}`, {
      headers: { upgrade: 'websocket', 'sec-websocket-protocol': `parley, token.${token}` },
    }),
  );
  if (!webSocket) throw new Error('no upgrade');
  const wire = new Wire(webSocket);
  webSocket.accept();
  return (await wire.hello()).type === 'welcome';
}

test('[AP12] a visitor gets a new token, and the old one is good until it ends', async () => {
  const old = await visitorToken(visitorId, env, Date.now() - 29 * DAY_MS);
  const answer = await renew(old);
  expect(answer.status).toBe(200);
  const renewed: VisitorIdentity = await answer.json();
  expect(renewed.visitorId).toBe(visitorId);
  expect(renewed.token).not.toBe(old);
  for (const token of [old, renewed.token]) {
    expect(await greets(token)).toBe(true);
    expect((await renew(token)).status).toBe(200);
  }
});

test('[AP12] a token that has ended gets no new one', async () => {
  const ended = await visitorToken(visitorId, env, Date.now() - 30 * DAY_MS);
  for (const token of [ended, 'nonsense', 'a.b.c']) {
    const answer = await renew(token);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ refusal: { code: 'visitor.missing' } });
  }
});
