import * as v from 'valibot';
import { expect, test } from 'vitest';
import { departmentIdSchema } from '#shared/ids.ts';
import { readAccountList } from './account-list.ts';
import { UsageError } from './admin-values.ts';

const known = ['sales', 'support'].map((id) => v.parse(departmentIdSchema, id));
const read = (toml: string) => readAccountList(toml, known);

const KIM = `[[agents]]
email = "Kim@shop.example"
name = "Kim Park"
username = "kim"
role = "agent"
departments = ["sales", "support"]
`;
const LEE = `[[agents]]
email = "lee@shop.example"
name = "Lee"
username = "lee"
role = "manager"
password = "longenough"
`;

test('[AC28] a file lists many accounts, with the rules of one', () => {
  expect(read(KIM + LEE)).toEqual([
    {
      ...{ email: 'kim@shop.example', name: 'Kim Park', username: 'kim', role: 'agent' },
      ...{ departments: ['sales', 'support'], password: null },
    },
    {
      ...{ email: 'lee@shop.example', name: 'Lee', username: 'lee', role: 'manager' },
      ...{ departments: [], password: 'longenough' },
    },
  ]);
});

test.each([
  ['agents = 1', 'agents: '],
  ['[[agents', 'not TOML'],
  [KIM.replace('role = "agent"', ''), 'agents.0.role'],
  [KIM.replace('"agent"', '"boss"'), 'boss is not a role'],
  [KIM.replace('"support"', '"returns"'), 'no department “returns”'],
  [`${KIM}pass = "x"`, 'agents.0.pass'],
  [LEE.replace('longenough', 'short'), '8 to 200'],
  [KIM + KIM.replace('"kim"', '"kim2"'), 'kim@shop.example is in the file twice'],
  [KIM + LEE.replace('"lee"', '"kim"'), 'kim is in the file twice'],
])('[AC22] the mistake in “%s” is told in one line', (toml, told) => {
  expect(() => read(toml)).toThrow(UsageError);
  expect(() => read(toml)).toThrow(told);
  try {
    read(toml);
  } catch (error) {
    expect(String(error)).not.toContain('\n');
  }
});
