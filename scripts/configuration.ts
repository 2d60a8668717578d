// Reads wrangler.toml's settings the way the Worker will, so that a mistake is told before anything starts.
import { readFile } from 'node:fs/promises';
import { parse } from 'smol-toml';
import { parseSettings } from '#shared/settings/parse.ts';
import type { Settings } from '#shared/settings/schema.ts';
import { fromRoot } from './paths.ts';

export async function readSettings(): Promise<Settings> {
  const toml = parse(await readFile(fromRoot('wrangler.toml'), 'utf8'));
  const vars = toml.vars as Record<string, unknown> | undefined;
  return parseSettings(vars?.settings ?? {});
}
