// Reads wrangler.toml's settings the way the Worker will, so that a mistake is told before anything starts.
import { readFile } from 'node:fs/promises';
import { parse } from 'smol-toml';
import * as v from 'valibot';
import { parseSettings } from '#shared/settings/parse.ts';
import type { Settings } from '#shared/settings/schema.ts';
import { fromRoot } from './paths.ts';

const rateLimitsSchema = v.array(
  v.object({
    name: v.string(),
    simple: v.object({ limit: v.number(), period: v.picklist([10, 60]) }),
  }),
);

const readToml = async () => parse(await readFile(fromRoot('wrangler.toml'), 'utf8'));

export async function readSettings(): Promise<Settings> {
  const vars = (await readToml()).vars as Record<string, unknown> | undefined;
  return parseSettings(vars?.settings ?? {});
}

/** How much one client may ask for, and everybody. */
export async function readRateLimits(): Promise<v.InferOutput<typeof rateLimitsSchema>> {
  return v.parse(rateLimitsSchema, (await readToml()).ratelimits);
}
