// npm run reset: forgets everything that Parley remembers on this machine.
import { rm } from 'node:fs/promises';
import { stateFolder } from './paths.ts';

await rm(stateFolder, { recursive: true, force: true });
console.log('Parley is empty again.');
