import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fromRoot } from './paths.ts';
import { isKnownNode } from './pinned-node.js';

test('[NS3] the Node that is installed is the known one', () => {
  const installed = fromRoot('node_modules/node/bin/node');
  expect(isKnownNode(installed)).toBe(existsSync(installed));
});

test('[NS3] another one is not, and neither is any on a platform without a checksum', async () => {
  const other = join(await mkdtemp(join(tmpdir(), 'parley-node-')), 'node');
  await writeFile(other, 'echo');
  expect(isKnownNode(other)).toBe(false);
  expect(isKnownNode(process.execPath, 'plan9-x64')).toBe(false);
});
