// docs/spec/guide.md: what it says shows a rule does cite it.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fromRoot } from './paths.ts';
import { citedRules } from './rules.ts';

const rows = readFileSync(fromRoot('docs/spec/guide.md'), 'utf8')
  .split('\n')
  .filter((line) => line.includes('`') && line.startsWith('|'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, promise = '', rules = '', files = '']) => ({
    promise,
    rules: citedRules(rules),
    cited: [...files.matchAll(/`([^`]+\.test\.ts)`/g)].flatMap(([, file = '']) =>
      citedRules(readFileSync(fromRoot(file), 'utf8')),
    ),
  }));

test('[GD1] the guide lists what is promised', () => {
  expect(rows.length).toBeGreaterThan(30);
});

test.each(rows)('[GD1] $promise', ({ rules, cited }) => {
  expect(rules.length).toBeGreaterThan(0);
  expect(cited).toEqual(expect.arrayContaining(rules));
});
