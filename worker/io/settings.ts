// The settings, parsed once for each isolate.

import { parseSettings } from '#shared/settings/parse.ts';
import type { Settings } from '#shared/settings/schema.ts';

const parsed = new WeakMap<object, Settings>();

/** Throws `SettingsError` when wrangler.toml is wrong; `npm start` and `npm run deploy` check it first. */
export function settingsOf({ settings: raw }: Pick<Env, 'settings'>): Settings {
  const key = Object(raw) as object; // A primitive gets a fresh wrapper: parsed again, and refused.
  const known = parsed.get(key);
  if (known) return known;
  const settings = parseSettings(raw);
  parsed.set(key, settings);
  return settings;
}
