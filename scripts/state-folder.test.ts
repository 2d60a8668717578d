import { chmod, mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStateFolder } from './state-folder.ts';

test('[NS4] what is remembered is for nobody else on the machine, be the folder new or there already', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'parley-state-folder-'));
  const open = join(parent, 'open');
  await openStateFolder(open);
  await chmod(open, 0o755);
  for (const folder of [open, join(parent, 'new', 'folder')]) {
    await openStateFolder(folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  }
});
