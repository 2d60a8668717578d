// Reads wrangler.toml's settings the way the Worker will, so that a mistake is told before anything starts.
import { readFile } from 'node:fs/promises';
import { parse } from 'smol-toml';
import * as v from 'valibot';
import { TURNSTILE_SECRET } from '#shared/secrets.ts';
import { parseSettings, SettingsError } from '#shared/settings/parse.ts';
import type { Settings } from '#shared/settings/schema.ts';
import { fromRoot } from './paths.ts';

const rateLimitsSchema = v.array(
  v.object({
    name: v.string(),
    simple: v.object({ limit: v.number(), period: v.picklist([10, 60]) }),
  }),
);

const settingsFileSchema = v.object({
  vars: v.optional(v.object({ settings: v.optional(v.unknown(), {}) }), {}),
  secrets: v.optional(v.object({ required: v.array(v.string()) }), { required: [] }),
});

const readToml = async () => parse(await readFile(fromRoot('wrangler.toml'), 'utf8'));

export const readSettings = async (): Promise<Settings> => settingsIn(await readToml());

/** Throws when they are wrong, or need a secret that the file does not name. */
export function settingsIn(file: object): Settings {
  const { vars, secrets } = v.parse(settingsFileSchema, file);
  const settings = parseSettings(vars.settings);
  const { mode } = settings.turnstile;
  if (mode !== 'off' && !secrets.required.includes(TURNSTILE_SECRET)) {
    throw new SettingsError(
      `wrangler.toml: settings.turnstile.mode is "${mode}". Add "${TURNSTILE_SECRET}" to required in [secrets].`,
    );
  }
  return settings;
}

/** How much one client may ask for, and everybody. */
export async function readRateLimits(): Promise<v.InferOutput<typeof rateLimitsSchema>> {
  return v.parse(rateLimitsSchema, (await readToml()).ratelimits);
}
