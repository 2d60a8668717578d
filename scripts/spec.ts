// npm run spec: every rule of docs/spec has a test that cites it, and no test cites a rule that isn't there.
import { glob, readFile } from 'node:fs/promises';
import { fromRoot, root } from './paths.ts';
import { declaredRules, disagreements } from './rules.ts';
import { task } from './run.ts';

async function texts(pattern: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const exclude = ['**/node_modules/**', '.*/**'];
  for await (const file of glob(pattern, { cwd: root, exclude })) {
    found.set(file, await readFile(fromRoot(file), 'utf8'));
  }
  return found;
}

await task(async () => {
  const pages = await texts('docs/spec/*.md');
  const tests = await texts('**/*.test.ts');
  const wrong = disagreements(pages, tests);
  const rules = [...pages.values()].flatMap(declaredRules).length;
  console.log(`${rules} rules in ${pages.size} pages, ${tests.size} test files`);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
});
