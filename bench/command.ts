// npm run bench: how fast Parley is beside others, and what it costs. All stages, one after the other; a full run
// is written down in RESULTS.md, a partial one is only shown.

import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { build } from '../scripts/build.ts';
import { fromRoot } from '../scripts/paths.ts';
import { task } from '../scripts/run.ts';
import { bundleControl } from './control-bundle.ts';
import { dismiss, startCrowds } from './crowd.ts';
import { bars, section, type Section } from './report.ts';
import { results } from './results.ts';
import { contacts } from './stages/contacts.ts';
import { latency } from './stages/latency.ts';
import { opening } from './stages/opening.ts';
import { routing } from './stages/routing.ts';
import { search } from './stages/search.ts';
import { storm } from './stages/storm.ts';
import { take } from './stages/take.ts';
import { throughput } from './stages/throughput.ts';
import { units } from './stages/units.ts';
import { wake } from './stages/wake.ts';

const STAGES = [
  'latency',
  'throughput',
  'storm',
  'opening',
  'wake',
  'take',
  'routing',
  'contacts',
  'search',
  'units',
] as const;
/** Those that hold every contender's conversations against one another. */
const BY_CROWDS = { latency, throughput, storm };
type Stage = (typeof STAGES)[number];

const isStage = (name: string): name is Stage => STAGES.some((stage) => stage === name);

function stagesOf(only: string | undefined): readonly Stage[] {
  if (only === undefined) return STAGES;
  const names = only.split(',');
  if (names.every(isStage)) return names;
  throw new Error(`--only takes stages out of ${STAGES.join(',')}.`);
}

await task(async () => {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } },
  });
  const stages = stagesOf(values.only);
  const isFull = values.only === undefined && !values.quick;
  const begun = performance.now();
  console.log('Building what changed …');
  await build();
  await bundleControl();

  const sections: Section[] = [];
  const found = (one: Section) => {
    sections.push(one);
    console.log(`\n${section(one)}\n\n${bars(one.bars)}`);
  };
  const byCrowds = Object.entries(BY_CROWDS).filter(
    ([name]) => isStage(name) && stages.includes(name),
  );
  if (byCrowds.length > 0) {
    const crowds = await startCrowds();
    for (const [, stage] of byCrowds) found(await stage(crowds, values.quick));
    await dismiss(crowds);
  }
  if (stages.includes('opening')) found(await opening(values.quick));
  if (stages.includes('wake')) found(await wake(values.quick));
  if (stages.includes('take')) found(await take(values.quick));
  if (stages.includes('routing')) found(await routing(values.quick));
  if (stages.includes('contacts')) found(await contacts(values.quick));
  if (stages.includes('search')) found(await search(values.quick));
  if (stages.includes('units')) found(await units());

  const minutes = (performance.now() - begun) / 60_000;
  if (isFull) await writeFile(fromRoot('bench/RESULTS.md'), await results(sections, minutes));
  console.log(
    `\n${isFull ? 'Written to bench/RESULTS.md' : 'Done'} after ${minutes.toFixed(1)} min`,
  );
  process.exit(0); // Idle sockets of the load would keep it alive.
});
