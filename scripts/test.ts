// npm test: everything that must hold, cheapest first; stops at the first step that fails and names it.
// Arguments go to vitest alone: `npm test -- shared/conversation` runs those files and nothing else.
import { readFile, rm } from 'node:fs/promises';
import { build, prepare } from './build.ts';
import { testReport } from './paths.ts';
import { CommandFailed, run, task } from './run.ts';
import { ensureSecrets } from './secrets.ts';

async function vitest(): Promise<void> {
  await rm(testReport, { force: true });
  await run(`vitest run --reporter=default --reporter=json --outputFile.json=${testReport}`, {
    show: true,
  });
}

const steps: Array<[name: string, work: () => Promise<unknown>]> = [
  ['prepare', prepare],
  ['format', () => run('prettier --check --log-level warn .')],
  ['lint', () => run('eslint . --max-warnings 0')],
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

async function everything(): Promise<void> {
  await ensureSecrets();
  for (const [name, work] of steps) {
    const begun = performance.now();
    try {
      await work();
    } catch (error) {
      if (error instanceof CommandFailed) console.error(error.output);
      throw new Error(`Step "${name}" failed.`, { cause: error });
    }
    console.log(`✓ ${name.padEnd(8)} ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  }
  const { numPassedTests, numFailedTests } = JSON.parse(await readFile(testReport, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
  };
  console.log(`${numPassedTests} passed, ${numFailedTests} failed`);
}

const only = process.argv.slice(2);
await task(async () => {
  if (only.length === 0) return everything();
  await ensureSecrets();
  await build();
  await run(`vitest run ${only.join(' ')}`, { show: true });
});
