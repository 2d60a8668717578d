import { expect, test } from 'vitest';
import { citedRules, declaredRules, disagreements } from './rules.ts';

// Written apart, so that this file itself cites nothing.
const cite = (id: string) => `[${id}]`;
const rule = (id: string) => `- **${cite(id)}** Something always holds.\n`;

test('a rule is a list item that begins with its id', () => {
  expect(declaredRules(rule('AB1') + `Text naming ${cite('AB2')}.\n` + rule('AB3'))).toEqual([
    'AB1',
    'AB3',
  ]);
});

test('a title may cite several rules', () => {
  expect(citedRules(`test('${cite('AB1')}${cite('CD22')} works', …)`)).toEqual(['AB1', 'CD22']);
});

test('agreement is silent', () => {
  const pages = new Map([['a.md', rule('AB1')]]);
  expect(disagreements(pages, new Map([['a.test.ts', cite('AB1')]]))).toEqual([]);
});

test('an untested rule, an unknown citation and a double declaration are each named', () => {
  const pages = new Map([
    ['a.md', rule('AB1') + rule('AB2')],
    ['b.md', rule('AB2')],
  ]);
  const tests = new Map([['a.test.ts', cite('AB2') + cite('ZZ9')]]);
  expect(disagreements(pages, tests)).toEqual([
    `${cite('AB2')} is declared twice: in a.md and in b.md.`,
    `a.test.ts cites ${cite('ZZ9')}, which no page of docs/spec declares.`,
    `${cite('AB1')} of a.md is cited by no test.`,
  ]);
});
