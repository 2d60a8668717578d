// Where things are, from the repository's root.
import { resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');
export const fromRoot = (...path: string[]): string => resolve(root, ...path);

export const bundleFolder = fromRoot('.parley/bundle');
export const stateFolder = fromRoot('.parley/state');
export const webOutput = fromRoot('.svelte-kit/cloudflare');
/** What the last run of all tests came to. */
export const testReport = fromRoot('.parley/vitest.json');
