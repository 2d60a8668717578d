import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { removeAbandonedAssets } from './assets.ts';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'parley-assets-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

test('the assets of a process that has ended are removed, and nothing else', async () => {
  const ended = spawnSync(process.execPath, ['--version']).pid;
  const kept = ['assets', `assets-${process.pid}-b`, `assets-${process.ppid}-c`, 'bundle', 'state'];
  for (const name of [`assets-${ended}-a`, ...kept]) {
    await mkdir(join(parent, name, 'demo'), { recursive: true });
  }
  await removeAbandonedAssets(parent);
  expect((await readdir(parent)).sort()).toEqual(kept.sort());
});
