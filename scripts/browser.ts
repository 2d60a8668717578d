// Finds a Chromium for the browser stories, or installs one.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { run } from './run.ts';

/** It has no windows and can't notify anybody, and a page in it takes a quarter of the CPU time. */
const WINDOWLESS = 'chromium-headless-shell';
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const macs = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const inPlaywrightCache = [
  '.cache/ms-playwright/chromium-*/chrome-*/chrome',
  'Library/Caches/ms-playwright/chromium-*/chrome-mac*/*.app/Contents/MacOS/*',
];
const windowlessInPlaywrightCache = [
  '{.cache,Library/Caches}/ms-playwright/chromium_headless_shell-*/chrome-*/chrome-headless-shell',
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

async function installed(paths: string[], patterns: string[]): Promise<string | undefined> {
  const known = paths.find((path) => existsSync(path));
  if (known) return known;
  for await (const path of glob(patterns, { cwd: homedir() })) return join(homedir(), path);
  return undefined;
}

const onPath = (...programs: string[]): string[] =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => programs.map((program) => join(folder, program)));

const attempts: Array<() => Promise<unknown>> = [
  () => run('playwright-core install chromium'),
  async () => {
    if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
    const apt = (...args: string[]) => promisify(execFile)('apt-get', args);
    const install = (...packages: string[]) =>
      apt('install', '-y', '--no-install-recommends', ...packages);
    await apt('update');
    await install('chromium', WINDOWLESS).catch(() => install('chromium'));
  },
];

/** The path of a whole Chromium. */
export async function findBrowser(): Promise<string> {
  if (process.env.PARLEY_CHROMIUM) return process.env.PARLEY_CHROMIUM;
  const find = () => installed([...onPath(...names), ...macs], inPlaywrightCache);
  const found = await find();
  if (found) return found;
  for (const attempt of attempts) {
    await attempt().catch(() => undefined);
    const path = await find();
    if (path) return path;
  }
  throw new Error(
    'No Chromium found. Install one (apt install chromium, or npx playwright-core install chromium), ' +
      'or name it: PARLEY_CHROMIUM=/path/to/chromium npm test',
  );
}

/** The path of a Chromium for pages that notify nobody. */
export async function findWindowlessBrowser(): Promise<string> {
  const whole = await findBrowser();
  if (process.env.PARLEY_CHROMIUM) return whole;
  return (await installed(onPath(WINDOWLESS), windowlessInPlaywrightCache)) ?? whole;
}
