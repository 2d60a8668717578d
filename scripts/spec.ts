// npm run spec: every rule of docs/spec is cited by a test that ran and passed in the last `npm test`, every file
// of tests took part in it, and no test cites a rule that isn't there.
import { glob, readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import * as v from 'valibot';
import { fromRoot, root, testReport } from './paths.ts';
import { declaredRules, disagreements, type RunTest } from './rules.ts';
import { task } from './run.ts';

const reportSchema = v.object({
  testResults: v.array(
    v.object({
      name: v.string(),
      assertionResults: v.array(v.object({ fullName: v.string(), status: v.string() })),
    }),
  ),
});

async function filesOf(pattern: string): Promise<string[]> {
  const exclude = ['**/node_modules/**', '.*/**'];
  return Array.fromAsync(glob(pattern, { cwd: root, exclude }));
}

async function readPages(): Promise<Map<string, string>> {
  const pages = await filesOf('docs/spec/*.md');
  const texts = pages.map(async (page) => [page, await readFile(fromRoot(page), 'utf8')] as const);
  return new Map(await Promise.all(texts));
}

async function readRun(): Promise<RunTest[]> {
  const report = await readFile(testReport, 'utf8').catch((error: unknown) => {
    throw new Error('No run of the tests is recorded. Run `npm test` first.', { cause: error });
  });
  const { testResults } = v.parse(reportSchema, JSON.parse(report));
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({
      file: relative(root, name),
      title: fullName,
      hasPassed: status === 'passed',
    })),
  );
}

await task(async () => {
  const pages = await readPages();
  const tests = await readRun();
  const wrong = disagreements(pages, tests, await filesOf('**/*.test.ts'));
  const rules = [...pages.values()].flatMap(declaredRules).length;
  console.log(`${rules} rules in ${pages.size} pages, ${tests.length} tests that ran`);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
});
