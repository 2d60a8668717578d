// The files that a local server serves: a copy, so that a build changes nothing under a server that runs.
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fromRoot, webOutput } from './paths.ts';

/**
 * The workspace's files, and the demo site, which is never deployed.
 * @param owner the process that serves them
 */
export async function gatherAssets(owner = process.pid): Promise<string> {
  const parent = fromRoot('.parley');
  await mkdir(parent, { recursive: true });
  await removeAbandonedAssets(parent);
  const folder = await mkdtemp(join(parent, `assets-${owner}-`));
  await cp(webOutput, folder, { recursive: true });
  await cp(fromRoot('demo'), join(folder, 'demo'), { recursive: true });
  return folder;
}

/** Removes the copies in `parent` whose process was killed before it could remove them. */
export async function removeAbandonedAssets(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const owner = /^assets-(\d+)-/.exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    await rm(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is alive, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
