// What the last run of all tests came to, as the test runner wrote it down.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import * as v from 'valibot';
import { root, testReports } from './paths.ts';
import type { RunTest } from './rules.ts';

const reportSchema = v.object({
  testResults: v.array(
    v.object({
      name: v.string(),
      assertionResults: v.array(v.object({ fullName: v.string(), status: v.string() })),
    }),
  ),
});

export async function readRun(): Promise<RunTest[]> {
  const files = await readdir(testReports).catch((error: unknown) => {
    throw new Error('No run of the tests is recorded. Run `npm test` first.', { cause: error });
  });
  return (await Promise.all(files.map((file) => readReport(join(testReports, file))))).flat();
}

async function readReport(path: string): Promise<RunTest[]> {
  const { testResults } = v.parse(reportSchema, JSON.parse(await readFile(path, 'utf8')));
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({
      file: relative(root, name),
      title: fullName,
      hasPassed: status === 'passed',
    })),
  );
}
