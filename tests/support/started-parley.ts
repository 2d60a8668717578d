// Parley as it is run from a shell, without npm around it: `npm start`, and `npm run admin` beside it.

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { fromRoot } from '../../scripts/paths.ts';

const execute = promisify(execFile);
const bootstrap = fromRoot('scripts/bootstrap.mjs');

/** @param folder of all that it remembers */
export function start(folder: string): { child: ChildProcess; url: Promise<string> } {
  const child = spawn(process.execPath, [bootstrap, 'start'], {
    env: { ...process.env, PORT: '0', PARLEY_STATE: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, url: workspaceOf(child) };
}

/** Answers with what it printed; rejects when the command fails. */
export async function admin(folder: string, ...args: string[]): Promise<string> {
  const { stdout } = await execute(process.execPath, [bootstrap, 'admin', ...args], {
    env: { ...process.env, PARLEY_STATE: folder },
  });
  return stdout;
}

async function workspaceOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('its output is not piped');
  for await (const line of createInterface(stdout)) {
    const url = /Workspace +(\S+)/.exec(line)?.[1];
    if (url) return url;
  }
  throw new Error('it ended before it served anything');
}
