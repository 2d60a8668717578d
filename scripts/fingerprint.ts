// Says whether a build is still up to date: remembers a hash over the content of everything it reads.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fromRoot, root } from './paths.ts';

export async function fingerprint(patterns: string[]): Promise<string> {
  const files: string[] = [];
  for await (const entry of glob(patterns, { cwd: root, withFileTypes: true })) {
    if (entry.isFile()) files.push(`${entry.parentPath}/${entry.name}`);
  }
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(file).update(await readFile(file));
  return hash.digest('hex');
}

interface Step {
  name: string;
  inputs: string[];
  /** What it makes. */
  output: string;
  /** The file with the hash. */
  memory?: string;
}

/** Does `work` unless it was done for the same `inputs` before and its `output` is still there. */
export async function unlessFresh(
  { name, inputs, output, memory = fromRoot('.parley/fingerprints', name) }: Step,
  work: () => Promise<void>,
): Promise<void> {
  const wanted = await fingerprint(inputs);
  const remembered = existsSync(memory) ? await readFile(memory, 'utf8') : '';
  if (remembered === wanted && existsSync(output)) return;
  await work();
  await mkdir(dirname(memory), { recursive: true });
  await writeFile(memory, wanted);
}
