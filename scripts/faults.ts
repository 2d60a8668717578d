// npm run faults: people talk at a real desk while it is killed, cut off and confused; then every promise
// of the delivery contract is checked. See docs/delivery.md.

import { parseArgs } from 'node:util';
import { buildDesk } from '../bench/faults/desk/build.ts';
import { FAULT_NAMES, type Fault } from '../bench/faults/faults.ts';
import { evidence, markdown, shortest, table, verdict } from '../bench/faults/report.ts';
import { run, type RunOptions } from '../bench/faults/run.ts';
import { task } from './run.ts';

const USAGE = `npm run faults -- [options]
  --seconds <n>     how long people talk (60)
  --seed <n>        repeats a run's choices (random)
  --faults <a,b>    only these kinds: ${FAULT_NAMES.join(', ')}; or none
  --visitors <n>    visitors at a time (96)
  --agents <n>      agents (22)
  --markdown        prints the table for docs/delivery.md`;

function wholeNumber(text: string, option: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new Error(`--${option} takes a whole number, not “${text}”.\n\n${USAGE}`);
}

function faultsOf(text: string): Set<Fault> {
  if (text === 'none') return new Set();
  const named = text.split(',');
  const unknown = named.filter((name) => !FAULT_NAMES.some((known) => known === name));
  if (unknown.length > 0) throw new Error(`No such fault: ${unknown.join(', ')}.\n\n${USAGE}`);
  return new Set(FAULT_NAMES.filter((name) => named.includes(name)));
}

function optionsFrom(args: string[]): RunOptions & { asMarkdown: boolean } {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
      faults: { type: 'string', default: FAULT_NAMES.join(',') },
      visitors: { type: 'string', default: '96' },
      agents: { type: 'string', default: '22' },
      markdown: { type: 'boolean', default: false },
    },
  });
  return {
    seconds: wholeNumber(values.seconds, 'seconds'),
    seed: wholeNumber(values.seed, 'seed'),
    visitors: wholeNumber(values.visitors, 'visitors'),
    agents: wholeNumber(values.agents, 'agents'),
    faults: faultsOf(values.faults),
    asMarkdown: values.markdown,
    say: (line) => console.log(line),
  };
}

await task(async () => {
  const { asMarkdown, ...options } = optionsFrom(process.argv.slice(2));
  console.log('Building what changed …');
  await buildDesk();
  console.log(
    `Seed ${options.seed}: ${options.visitors} visitors, ${options.agents} agents, ${options.seconds} s`,
  );
  const outcome = await run(options);
  console.log(`\n${asMarkdown ? markdown(outcome) : table(outcome)}\n`);
  for (const violation of shortest(outcome.judge.violations))
    console.log(`${evidence(violation)}\n`);
  console.log(verdict(outcome));
  process.exit(outcome.judge.violations.length === 0 ? 0 : 1);
});
