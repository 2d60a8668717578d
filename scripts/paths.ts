// Where things are, from the repository's root.
import { relative, resolve, sep } from 'node:path';

export const root = resolve(import.meta.dirname, '..');
export const fromRoot = (...path: string[]): string => resolve(root, ...path);

export const bundleFolder = fromRoot('.parley/bundle');
export const webOutput = fromRoot('.svelte-kit/cloudflare');
/** What the last run of all tests came to: a file for each part of it. */
export const testReports = fromRoot('.parley/test-reports');

/** Everything that is remembered: in PARLEY_STATE, whose relative paths begin at the root. */
export const chooseStateFolder = ({ PARLEY_STATE: chosen }: NodeJS.ProcessEnv): string =>
  fromRoot(chosen || '.parley/state');

export const stateFolder = chooseStateFolder(process.env);

/** Where in it the databases, objects and files are, as wrangler's --persist-to has it. */
export const storedIn = (folder: string): string => resolve(folder, 'v3');

/** A path as people read it: what is in the repository, from its root. */
export function shown(path: string): string {
  const fromHere = relative(root, path);
  return fromHere === '..' || fromHere.startsWith(`..${sep}`) ? path : fromHere;
}
