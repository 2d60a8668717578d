import { readFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { settingsIn } from './configuration.ts';
import { fromRoot } from './paths.ts';

const shipped = readFileSync(fromRoot('wrangler.toml'), 'utf8');
const asking = shipped.replace('mode = "off"', 'mode = "always"\nsite_key = "0x4AAA"');

test('[HC7] who asks for a check names its secret, so that it is read here and required by Cloudflare', () => {
  expect(() => settingsIn(parse(asking))).toThrow('Add "TURNSTILE_SECRET_KEY" to required');
  const named = asking.replace('"PUSH_SECRET"]', '"PUSH_SECRET", "TURNSTILE_SECRET_KEY"]');
  expect(settingsIn(parse(named)).turnstile.mode).toBe('always');
  expect(settingsIn(parse(shipped)).turnstile.mode).toBe('off');
});
