// The folder of everything that a local Parley remembers, and where it is served, for the command line to find it.
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Its address, while it is served. */
export const addressFile = (folder: string): string => join(folder, 'address');

/** Makes the folder if it is not there. What customers wrote is nobody else's on this machine. */
export async function openStateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
}

/** Where it is served; null: it is not. */
export const addressOf = (folder: string): Promise<string | null> =>
  readFile(addressFile(folder), 'utf8').catch(() => null);
