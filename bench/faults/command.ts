// npm run faults: people talk through the product's own client while its server is killed and its connections are
// cut; then every promise of the delivery contract is checked. See docs/delivery.md.

import { parseArgs } from 'node:util';
import { task } from '../../scripts/run.ts';
import { FAULT_NAMES, type Fault } from './faults.ts';
import { evidence, markdown, shortest, table, verdict } from './report.ts';
import type { LogEvent } from './check/protocol.ts';
import type { ConversationHistory } from './history.ts';
import { chosenFrom, store, type Recorded } from './recording.ts';
import { run, type RunOptions } from './run.ts';
import { buildServer } from './server/build.ts';

/** Events of a conversation: longer ones take more room and show no more. */
const RECORDED_AT_MOST = 40;

const USAGE = `npm run faults -- [options]
  --seconds <n>     how long people talk, at least (60)
  --seed <n>        repeats a run's choices (random)
  --faults <a,b>    only these kinds: ${FAULT_NAMES.join(', ')}; or none
  --visitors <n>    visitors at a time (96)
  --agents <n>      agents (22)
  --markdown        prints the table for docs/delivery.md
  --record <file>   keeps a few conversations to test the checker with`;

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

interface Options extends RunOptions {
  readonly asMarkdown: boolean;
  readonly recordTo: string | undefined;
}

function optionsFrom(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
      faults: { type: 'string', default: FAULT_NAMES.join(',') },
      visitors: { type: 'string', default: '96' },
      agents: { type: 'string', default: '22' },
      markdown: { type: 'boolean', default: false },
      record: { type: 'string' },
    },
  });
  return {
    seconds: wholeNumber(values.seconds, 'seconds'),
    seed: wholeNumber(values.seed, 'seed'),
    visitors: wholeNumber(values.visitors, 'visitors'),
    agents: wholeNumber(values.agents, 'agents'),
    faults: faultsOf(values.faults),
    asMarkdown: values.markdown,
    recordTo: values.record,
    say: (line) => console.log(line),
  };
}

await task(async () => {
  const { asMarkdown, recordTo, ...options } = optionsFrom(process.argv.slice(2));
  console.log('Building what changed …');
  await buildServer();
  console.log(
    `Seed ${options.seed}: ${options.visitors} visitors, ${options.agents} agents, ${options.seconds} s`,
  );
  const recorded: Recorded[] = [];
  const onJudged = (history: ConversationHistory, log: readonly LogEvent[]) => {
    if (recordTo && log.length <= RECORDED_AT_MOST)
      recorded.push(structuredClone({ history, log: [...log] }));
  };
  const outcome = await run({ ...options, onJudged });
  const { members } = outcome;
  if (recordTo) await store(recordTo, { members, conversations: chosenFrom(recorded) });
  console.log(`\n${asMarkdown ? markdown(outcome) : table(outcome)}\n`);
  for (const violation of shortest(outcome.judge.violations))
    console.log(`${evidence(violation)}\n`);
  console.log(verdict(outcome));
  process.exit(outcome.judge.violations.length === 0 ? 0 : 1);
});
