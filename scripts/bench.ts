// npm run bench: how fast Parley is beside others, and what it costs. See bench/RESULTS.md.
import { bench } from '../bench/bench.ts';
import { task } from './run.ts';

await task(() => bench(process.argv.slice(2)));
