// npm start as it is run from a shell, without npm around it.

import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromRoot } from '../../scripts/paths.ts';
import { start } from '../support/started-parley.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley start '));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('npm start serves the demo from the chosen folder, and leaves nothing else behind', async () => {
  const { child, url } = start(folder);
  const signIn = await fetch(new URL('/api/session', await url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(await url).origin },
    body: JSON.stringify({ email: 'noor@parley.example', password: 'parley-demo' }),
  });
  expect(signIn.status).toBe(204);
  expect((await fetch(new URL('/demo/', await url))).status).toBe(200);

  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(await readdir(folder)).toEqual(['v3']);
  const copies = (await readdir(fromRoot('.parley'))).filter((name) =>
    name.startsWith(`assets-${child.pid}-`),
  );
  expect(copies).toEqual([]);
});
