// npm start as it is run from a shell, without npm around it.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromRoot } from '../../scripts/paths.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley start '));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function start(): { child: ChildProcess; url: Promise<string> } {
  const child = spawn(process.execPath, [fromRoot('scripts/bootstrap.mjs'), 'start'], {
    env: { ...process.env, PORT: '0', PARLEY_STATE: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, url: workspaceOf(child) };
}

async function workspaceOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('its output is not piped');
  for await (const line of createInterface(stdout)) {
    const url = /Workspace +(\S+)/.exec(line)?.[1];
    if (url) return url;
  }
  throw new Error('it ended before it served anything');
}

test('npm start serves the demo from the chosen folder, and leaves nothing else behind', async () => {
  const { child, url } = start();
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
