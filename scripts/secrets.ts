// The secrets of a local run: random, made once, kept in .dev.vars (never committed).
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { checkSecrets, SECRET_NAMES } from '#shared/secrets.ts';
import { fromRoot } from './paths.ts';

const file = fromRoot('.dev.vars');

/** Throws when one is too short. */
export async function ensureSecrets(): Promise<void> {
  const present = existsSync(file) ? await readFile(file, 'utf8') : '';
  const missing = SECRET_NAMES.filter((name) => !(name in parseEnv(present)));
  const lines = missing.map((name) => `${name}=${randomBytes(32).toString('hex')}\n`);
  const before = present === '' || present.endsWith('\n') ? present : `${present}\n`;
  const secrets = before + lines.join('');
  checkSecrets(parseEnv(secrets));
  if (missing.length > 0) await writeFile(file, secrets, { mode: 0o600 });
}
