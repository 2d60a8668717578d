// npm run spec: every rule of docs/spec is cited by a test that ran and passed in the last `npm test`, every file
// of tests took part in it, and no test cites a rule that isn't there.
import { glob, readFile } from 'node:fs/promises';
import { fromRoot, root } from './paths.ts';
import { declaredRules, disagreements } from './rules.ts';
import { task } from './run.ts';
import { readRun } from './test-report.ts';

async function filesOf(pattern: string): Promise<string[]> {
  const exclude = ['**/node_modules/**', '.*/**'];
  return Array.fromAsync(glob(pattern, { cwd: root, exclude }));
}

async function readPages(): Promise<Map<string, string>> {
  const pages = await filesOf('docs/spec/*.md');
  const texts = pages.map(async (page) => [page, await readFile(fromRoot(page), 'utf8')] as const);
  return new Map(await Promise.all(texts));
}

await task(async () => {
  const pages = await readPages();
  const tests = await readRun();
  const wrong = disagreements(pages, tests, await filesOf('**/*.test.ts'));
  const rules = [...pages.values()].flatMap(declaredRules).length;
  console.log(`${rules} rules in ${pages.size} pages, ${tests.length} tests that ran`);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
});
