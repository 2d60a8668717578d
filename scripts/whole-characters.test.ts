// The rule finds texts that are cut, and nothing else, in the files that handle what people write.
import { ESLint } from 'eslint';
import { expect, test } from 'vitest';
import { fromRoot, root } from './paths.ts';

const CODE = `
declare const name: string;
declare const maybe: string | null;
declare const list: readonly string[];
export const cut = [name.slice(0, 3), name.substring(1), maybe?.substr(2), list.slice(1)];
`;

test('a text that is cut by its code units is found, a list is not', async () => {
  const eslint = new ESLint({ cwd: root });
  // A file of the project, so that the types are known.
  const results = await eslint.lintText(CODE, { filePath: fromRoot('shared/page-address.ts') });
  const found = results
    .flatMap(({ messages }) => messages)
    .map(({ ruleId, line }) => [ruleId, line]);
  const rule = 'text/whole-characters';
  expect(found.filter(([ruleId]) => ruleId === rule)).toEqual(Array(3).fill([rule, 5]));
});
