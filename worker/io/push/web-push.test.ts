// What is sent to devices, held against the RFCs: their own example, and a stand-in that decrypts.

import { expect, test, vi } from 'vitest';
import { bytes64, decrypted, text64 } from '../../../tests/support/push-service.ts';
import { usePushService } from '../../testing/push.ts';
import { encrypt, MOST_BYTES } from './encrypt.ts';
import { send } from './send.ts';
import { isPushService } from './services.ts';
import { authorizationFor, publicKeyOf } from './vapid.ts';

const service = usePushService();
const SECRET = 's'.repeat(64);
const sending = () => ({
  ...{ secret: SECRET, contact: 'https://chat.example', topic: 'one', now: Date.now() },
});

/** RFC 8291, appendix A. */
const EXAMPLE = {
  plain: 'When I grow up, I want to be a watermelon',
  receiver: {
    d: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
    p256dh:
      'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  },
  sender: {
    d: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
    p256dh:
      'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8',
  },
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  body:
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK' +
    '6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
};

async function keysOf({ d, p256dh }: { d: string; p256dh: string }): Promise<CryptoKeyPair> {
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const raw = bytes64(p256dh);
  const [x, y] = [text64(raw.slice(1, 33)), text64(raw.slice(33))];
  const jwk = { kty: 'EC', crv: 'P-256', d, x, y };
  return {
    privateKey: await crypto.subtle.importKey('jwk', jwk, curve, true, ['deriveBits']),
    publicKey: await crypto.subtle.importKey('raw', raw, curve, true, []),
  };
}

test('[AL10] the example of RFC 8291 is encrypted byte for byte', async () => {
  const { plain, receiver, salt } = EXAMPLE;
  const sender = await keysOf(EXAMPLE.sender);
  const randomness = { salt: bytes64(salt), sender };
  const body = await encrypt(new TextEncoder().encode(plain), receiver, randomness);
  expect(text64(body)).toBe(EXAMPLE.body);
  const device = { keys: await keysOf(receiver), auth: bytes64(receiver.auth) };
  expect(await decrypted(body, device)).toBe(plain);
});

test('[AL10] a message of any script arrives as it was, and one that is too long goes nowhere', async () => {
  const device = await service().subscribe();
  const subscription = { endpoint: device.endpoint, ...device.keys };
  const message = { title: 'Ünïcode 語 👋', body: 'x'.repeat(3_000) };
  expect(await send(message, subscription, sending())).toBe('sent');
  expect(service().shownOn(device)).toEqual([message]);
  const long = { text: 'x'.repeat(MOST_BYTES) };
  expect(await send(long, subscription, sending())).toBe('refused');
  expect(service().shownOn(device)).toHaveLength(1);
});

test.each([
  [201, 'sent'],
  [404, 'gone'],
  [410, 'gone'],
  [429, 'later'],
  [503, 'later'],
  [400, 'refused'],
  [403, 'refused'],
] as const)('[AL11] an answer of %i means %s', async (status, outcome) => {
  const { endpoint, keys } = await service().subscribe();
  service().statuses.push(status);
  expect(await send({}, { endpoint, ...keys }, sending())).toBe(outcome);
});

test('[AL11] a service that can’t be reached is tried later', async () => {
  const { endpoint, keys } = await service().subscribe();
  vi.spyOn(console, 'error').mockReturnValue();
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('no route'));
  expect(await send({}, { endpoint, ...keys }, sending())).toBe('later');
});

test('[AL10] the key follows from the secret alone, and a token is made once for each service', async () => {
  expect(await publicKeyOf(SECRET)).toBe(await publicKeyOf(SECRET));
  expect(await publicKeyOf('t'.repeat(64))).not.toBe(await publicKeyOf(SECRET));
  const now = Date.now();
  const toOne = (at: number) =>
    authorizationFor('https://fcm.googleapis.com/fcm/send/1', {
      ...{ secret: SECRET, contact: 'https://chat.example', now: at },
    });
  expect(await toOne(now)).toBe(await toOne(now + 3_600_000));
  expect(await toOne(now)).not.toBe(await toOne(now + 11.5 * 3_600_000));
});

test.each([
  ['https://fcm.googleapis.com/fcm/send/abc', true],
  ['https://updates.push.services.mozilla.com/wpush/v2/abc', true],
  ['https://wns2-par02p.notify.windows.com/w/?token=abc', true],
  ['https://web.push.apple.com/abc', true],
  ['http://fcm.googleapis.com/fcm/send/abc', false],
  ['https://fcm.googleapis.com:8443/fcm/send/abc', false],
  ['https://fcm.googleapis.com@127.0.0.1/', false],
  ['https://127.0.0.1/', false],
  ['https://notfcm.googleapis.com.example/', false],
  ['nothing', false],
])('[AL12] whether %s is a push service: %s', (endpoint, is) => {
  expect(isPushService(endpoint)).toBe(is);
});
