// npm run reset: forgets everything the local desk remembers.
import { rm } from 'node:fs/promises';
import { stateFolder } from './paths.ts';

await rm(stateFolder, { recursive: true, force: true });
console.log('The local desk is empty again.');
