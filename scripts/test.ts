// npm test: everything that must hold, cheapest first, with the linter beside. Stops at the first step that fails, and
// names it.
// Arguments go to vitest alone: `npm test -- shared/conversation` runs those files and nothing else.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, prepare } from './build.ts';
import { testReports } from './paths.ts';
import { CommandFailed, run, task } from './run.ts';
import { ensureSecrets } from './secrets.ts';
import { readRun } from './test-report.ts';

/** In two lanes, for two cores: most of the stories, and beside them all other tests and the rest of the stories. */
async function vitest(): Promise<void> {
  await rm(testReports, { recursive: true, force: true });
  await sideBySide([
    inTurn([1, 2, 3].map((part) => () => run(storiesOf(part), { show: true }))),
    // Two that show as they go would write into each other.
    inTurn([others, storiesOf(4)].map((command) => () => run(command).then(console.log))),
  ]);
}

const vitestOf = (name: string, what: string) =>
  `vitest run ${what} --reporter=default --reporter=json ` +
  `--outputFile.json=${join(testReports, `${name}.json`)}`;

const others = vitestOf('others', '--project unit --project worker --project faults');

const storiesOf = (part: number) =>
  vitestOf(`stories-${part}`, `--project stories --shard=${part}/4`);

async function inTurn(works: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const work of works) await work();
}

type Step = readonly [name: string, work: () => Promise<unknown>];

/** It needs one core for minutes, so all others run beside it. */
const lint: Step[] = [['lint', () => run('eslint . --max-warnings 0')]];

const steps: Step[] = [
  ['format', () => run('prettier --check --log-level warn .')],
  ['types', () => run('tsc')],
  ['stories', () => run('tsc -p tests')],
  [
    'svelte',
    () => run('svelte-check --tsconfig web/tsconfig.json --fail-on-warnings --output human'),
  ],
  ['build', build],
  ['tests', vitest],
  ['spec', () => run('node scripts/spec.ts', { show: true })],
  ['size', () => run('node scripts/size.ts', { show: true })],
  ['deploy', () => run('node scripts/deploy.ts --dry-run', { show: true })],
];

/** Waits for all of them, whatever becomes of one: none goes on when it is told that one has failed. */
async function sideBySide(works: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(works);
  await Promise.all(works);
}

async function take(wanted: readonly Step[]): Promise<void> {
  for (const [name, work] of wanted) {
    const begun = performance.now();
    try {
      await work();
    } catch (error) {
      if (error instanceof CommandFailed) console.error(error.output);
      throw new Error(`Step "${name}" failed.`, { cause: error });
    }
    console.log(`✓ ${name.padEnd(8)} ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  }
}

async function everything(): Promise<void> {
  await ensureSecrets();
  await take([['prepare', prepare]]);
  await sideBySide([take(lint), take(steps)]);
  console.log(`${(await readRun()).length} tests passed`);
}

const only = process.argv.slice(2);
await task(async () => {
  if (only.length === 0) return everything();
  await ensureSecrets();
  await build();
  await run(`vitest run ${only.join(' ')}`, { show: true });
});
