// Starts one Parley for all stories, with a memory of its own; `inject('url')` and `inject('browser')` find it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findBrowser, findWindowlessBrowser } from '../../scripts/browser.ts';
import { build } from '../../scripts/build.ts';
import { seed } from '../../scripts/seed.ts';
import { serve } from '../../scripts/serve.ts';
import { CROWD } from './crowd.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    url: string;
    /** The path of a Chromium, with or without windows. */
    browser: string;
    /** Of one that shows notifications. */
    wholeBrowser: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await build();
  const stateFolder = await mkdtemp(join(tmpdir(), 'parley-stories-'));
  const { url, directory, stop } = await serve({ port: 0, stateFolder, quiet: true, crowd: CROWD });
  await seed({ url, directory });
  project.provide('url', url);
  project.provide('wholeBrowser', await findBrowser());
  project.provide('browser', await findWindowlessBrowser());
  return async () => {
    await stop();
    await rm(stateFolder, { recursive: true, force: true });
  };
}
