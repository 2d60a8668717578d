import { expect, test } from 'vitest';
import { citedRules, declaredRules, disagreements } from './rules.ts';

const rule = (id: string) => `- **[${id}]** Something always holds.\n`;
const passed = (file: string, title: string) => ({ file, title, hasPassed: true });

test('a rule is a list item that begins with its id', () => {
  expect(declaredRules(rule('AB1') + `Text naming [AB2].\n` + rule('AB3'))).toEqual(['AB1', 'AB3']);
});

test('a title may cite several rules', () => {
  expect(citedRules('[AB1] [CD22] what is true')).toEqual(['AB1', 'CD22']);
});

test('agreement is silent', () => {
  const pages = new Map([['a.md', rule('AB1')]]);
  expect(disagreements(pages, [passed('a.test.ts', '[AB1] holds')], ['a.test.ts'])).toEqual([]);
});

test('an untested rule, an unknown citation and a double declaration are each named', () => {
  const pages = new Map([
    ['a.md', rule('AB1') + rule('AB2')],
    ['b.md', rule('AB2')],
  ]);
  const tests = [passed('a.test.ts', '[AB2] [ZZ9] hold'), passed('a.test.ts', '[ZZ9] holds')];
  expect(disagreements(pages, tests, ['a.test.ts'])).toEqual([
    '[AB2] is declared twice: in a.md and in b.md.',
    'a.test.ts cites [ZZ9], which no page of docs/spec declares.',
    '[AB1] of a.md is cited by no test that has run and passed.',
  ]);
});

test('a test that was skipped or failed holds no rule', () => {
  const pages = new Map([['a.md', rule('AB1')]]);
  const tests = [{ file: 'a.test.ts', title: '[AB1] holds', hasPassed: false }];
  expect(disagreements(pages, tests, ['a.test.ts'])).toEqual([
    '[AB1] of a.md is cited by no test that has run and passed.',
  ]);
});

test('a file whose tests did not run is named', () => {
  expect(disagreements(new Map(), [], ['lost.test.ts'])).toEqual(['lost.test.ts did not run.']);
});
