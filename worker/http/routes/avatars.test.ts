// The rules of docs/spec/accounts.md about agents' pictures.

import { beforeAll, expect, test } from 'vitest';
import { addAccount, codeOf, request, signedIn } from '../../testing/accounts.ts';

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1]);
const WEBP = new TextEncoder().encode('RIFF\u0004\0\0\0WEBPVP8 ');
const SVG = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>');

let cookie: string;

beforeAll(async () => {
  await addAccount('iris');
  cookie = await signedIn('iris');
});

const put = (body: Uint8Array, type = 'image/png') =>
  request('/api/me/avatar', {
    method: 'PUT',
    headers: { cookie, 'content-type': type },
    body,
  });
const get = (headers: Record<string, string> = {}) =>
  request('/files/avatars/agent-iris', { headers });

test.each([
  ['image/png', PNG],
  ['image/jpeg', JPEG],
  ['image/webp', WEBP],
])('[AC14] everybody sees the %s that an agent sets', async (type, bytes) => {
  expect((await put(bytes, 'text/html')).status).toBe(204);
  const response = await get();
  expect(response.headers.get('content-type')).toBe(type);
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
});

test('[AC14] a picture that was removed is gone', async () => {
  await put(PNG);
  const gone = await request('/api/me/avatar', { method: 'DELETE', headers: { cookie } });
  expect(gone.status).toBe(204);
  expect(await codeOf(await get())).toBe('file.unknown');
});

test('[AC14] a picture is not set without a session', async () => {
  const response = await request('/api/me/avatar', { method: 'PUT', body: PNG });
  expect(await codeOf(response)).toBe('session.missing');
});

test('[AC15] what is not one of the three is refused, whatever it is called', async () => {
  for (const bytes of [SVG, new Uint8Array(0), PNG.slice(0, 4)]) {
    expect(await codeOf(await put(bytes, 'image/png'))).toBe('file.not-an-image');
  }
});

test('[AC15] 512 kB are kept, one byte more is refused', async () => {
  const large = new Uint8Array(512 * 1024);
  large.set(PNG);
  expect((await put(large)).status).toBe(204);
  const tooLarge = new Uint8Array(512 * 1024 + 1);
  tooLarge.set(PNG);
  expect(await codeOf(await put(tooLarge))).toBe('body.too-large');
});

test('[AC16] a picture can run nothing and may be shown on other sites', async () => {
  await put(PNG);
  const { headers } = await get();
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
});

test('[AC17] a picture that the browser still has is not sent again', async () => {
  await put(PNG);
  const first = await get();
  const etag = first.headers.get('etag') ?? '';
  await first.body?.cancel();
  const again = await get({ 'if-none-match': etag });
  expect([again.status, await again.text()]).toEqual([304, '']);
  await put(JPEG);
  expect((await get({ 'if-none-match': etag })).status).toBe(200);
});

test('[AC14] an address that names no agent is unknown', async () => {
  expect(await codeOf(await request('/files/avatars/..%2Fsecret'))).toBe('file.unknown');
});

test.each(['garbage', '"', 'W/', '"a", b', '*', '""'])(
  '[WP5] [AC14] the picture is there for a client that claims to know %j',
  async (known) => {
    await put(PNG);
    const response = await get({ 'if-none-match': known, 'if-match': known });
    expect(response.status).toBe(200);
    await response.arrayBuffer();
  },
);
