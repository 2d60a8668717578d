// The secrets of a local run: random, made once, kept in .dev.vars (never committed).
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import {
  checkSecrets,
  checkTurnstileSecret,
  SECRET_NAMES,
  TURNSTILE_SECRET,
} from '#shared/secrets.ts';
import { readSettings } from './configuration.ts';
import { fromRoot } from './paths.ts';

const file = fromRoot('.dev.vars');

/**
 * Answers with those that wrangler does not look for. Throws when one is too short, or the settings need one that only
 * Cloudflare can give.
 */
export async function ensureSecrets(): Promise<Record<string, string>> {
  const present = existsSync(file) ? await readFile(file, 'utf8') : '';
  const missing = SECRET_NAMES.filter((name) => !(name in parseEnv(present)));
  const lines = missing.map((name) => `${name}=${randomBytes(32).toString('hex')}\n`);
  const before = present === '' || present.endsWith('\n') ? present : `${present}\n`;
  const secrets = before + lines.join('');
  const parsed = parseEnv(secrets);
  checkSecrets(parsed);
  checkTurnstileSecret(await readSettings(), parsed[TURNSTILE_SECRET]);
  if (missing.length > 0) await writeFile(file, secrets, { mode: 0o600 });
  const isLater = ([name]: [string, unknown]) => name.startsWith('VISITOR_SECRET_');
  return Object.fromEntries(Object.entries(parsed).filter(isLater)) as Record<string, string>; // All have a value.
}
