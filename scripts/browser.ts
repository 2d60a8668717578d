// Finds a Chromium for the browser stories, or installs one.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { run } from './run.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const macs = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const playwrightCache = [
  '.cache/ms-playwright/chromium*-*/chrome-*/{chrome,chrome-headless-shell}',
  'Library/Caches/ms-playwright/chromium-*/chrome-mac*/*.app/Contents/MacOS/*',
];

/** For `chromium.launch`; without them a browser on a closed network knocks at doors for minutes. */
export const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

async function installed(): Promise<string | undefined> {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const known = [...onPath, ...macs].find((path) => existsSync(path));
  if (known) return known;
  for await (const path of glob(playwrightCache, { cwd: homedir() })) return join(homedir(), path);
  return undefined;
}

const attempts: Array<() => Promise<unknown>> = [
  () => run('playwright-core install chromium'),
  async () => {
    if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
    const apt = (...args: string[]) => promisify(execFile)('apt-get', args);
    await apt('update');
    await apt('install', '-y', '--no-install-recommends', 'chromium');
  },
];

export async function findBrowser(): Promise<string> {
  if (process.env.PARLEY_CHROMIUM) return process.env.PARLEY_CHROMIUM;
  const found = await installed();
  if (found) return found;
  for (const attempt of attempts) {
    await attempt().catch(() => undefined);
    const path = await installed();
    if (path) return path;
  }
  throw new Error(
    'No Chromium found. Install one (apt install chromium, or npx playwright-core install chromium), ' +
      'or name it: PARLEY_CHROMIUM=/path/to/chromium npm test',
  );
}
