// npm run reset: forgets everything that Parley remembers on this machine.
import { rm } from 'node:fs/promises';
import { shown, stateFolder, storedIn } from './paths.ts';

// Not the folder itself, which may have other things in it.
await rm(storedIn(stateFolder), { recursive: true, force: true });
console.log(`Parley is empty again. It was in ${shown(stateFolder)}.`);
