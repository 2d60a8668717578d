// What npm start serves.

import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, inject, test } from 'vitest';
import { useBrowser } from '../support/people.ts';

const { page } = useBrowser();

test.each(['/', '/demo/', '/demo/support.html'])(
  '[NS1] %s answers without an error in the browser',
  async (path) => {
    const door = await page();
    const errors: string[] = [];
    door.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    const response = await door.goto(inject('url') + path, { waitUntil: 'networkidle' });
    expect(response?.status()).toBe(200);
    expect(errors).toEqual([]);
  },
);

test('[NS2] a port in use is reported in one line', () => {
  const { port } = new URL(inject('url'));
  const { status, stderr } = spawnSync(
    process.execPath,
    [resolve(import.meta.dirname, '../../scripts/start.mjs')],
    { env: { ...process.env, PORT: port }, encoding: 'utf8' },
  );
  expect(status).toBe(1);
  expect(stderr.trim()).toBe(`Port ${port} is in use. Choose another one: PORT=8800 npm start`);
});
