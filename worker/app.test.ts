import { exports } from 'cloudflare:workers';
import { expect, test } from 'vitest';

test('health answers from the API', async () => {
  const response = await exports.default.fetch(new Request('https://parley.test/api/health'));
  expect(await response.json()).toEqual({ ok: true });
});

test('any other path is a page', async () => {
  const response = await exports.default.fetch(new Request('https://parley.test/somewhere'));
  expect(await response.text()).toBe('web');
});
