// The secrets of a local run: random, made once, kept in .dev.vars (never committed).
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fromRoot } from './paths.ts';

const file = fromRoot('.dev.vars');
const names = ['AUTH_SECRET', 'VISITOR_SECRET', 'ROUTING_SECRET'];

export async function ensureSecrets(): Promise<void> {
  const present = existsSync(file) ? await readFile(file, 'utf8') : '';
  const missing = names.filter((name) => !new RegExp(`^${name}=`, 'm').test(present));
  if (missing.length === 0) return;
  const lines = missing.map((name) => `${name}=${randomBytes(32).toString('hex')}\n`);
  const before = present === '' || present.endsWith('\n') ? present : `${present}\n`;
  await writeFile(file, before + lines.join(''), { mode: 0o600 });
}
