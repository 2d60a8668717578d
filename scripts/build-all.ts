// Builds in a process of its own, so that the one that serves keeps nothing of it in memory.
import { build } from './build.ts';
import { task } from './run.ts';

await task(build);
