// The rules of docs/spec/accounts.md about the command line.

import * as v from 'valibot';
import { expect, test } from 'vitest';
import { departmentIdSchema } from '#shared/ids.ts';
import { passwordStatements } from './accounts.ts';
import { readAdminCommand } from './admin-command.ts';
import { UsageError } from './admin-values.ts';
import { rendered, statement } from './sql.ts';

const known = ['sales', 'support'].map((id) => v.parse(departmentIdSchema, id));
const read = (line: string) => readAdminCommand(line.split(' ').filter(Boolean), known);

test('[AC8] an account is made with a role and departments', () => {
  const line =
    'agent add Ada@Parley.test --name Ada --username ada.o --role admin --departments sales,support';
  expect(read(line)).toEqual({
    remote: false,
    command: {
      verb: 'add',
      email: 'ada@parley.test',
      name: 'Ada',
      username: 'ada.o',
      role: 'admin',
      departments: ['sales', 'support'],
      password: null,
    },
  });
});

test.each([
  ['agent list --remote', { remote: true, command: { verb: 'list' } }],
  ['', { remote: false, command: { verb: 'help' } }],
  ['agent add --help', { remote: false, command: { verb: 'help' } }],
  [
    'agent role a@b.test monitor',
    { remote: false, command: { verb: 'role', email: 'a@b.test', role: 'monitor' } },
  ],
  [
    'agent departments a@b.test sales,sales',
    { remote: false, command: { verb: 'departments', email: 'a@b.test', departments: ['sales'] } },
  ],
  [
    'agent limit a@b.test 3',
    { remote: false, command: { verb: 'limit', email: 'a@b.test', limit: 3 } },
  ],
  [
    'agent password a@b.test --password longenough',
    { remote: false, command: { verb: 'password', email: 'a@b.test', password: 'longenough' } },
  ],
  ['agent import people.toml', { remote: false, command: { verb: 'import', file: 'people.toml' } }],
  ['agent remove a@b.test', { remote: false, command: { verb: 'remove', email: 'a@b.test' } }],
  [
    'agent remove a@b.test --remote --url https://chat.example/',
    {
      remote: true,
      url: 'https://chat.example',
      command: { verb: 'remove', email: 'a@b.test' },
    },
  ],
])('[AC8] “%s” is understood', (line, invocation) => {
  expect(read(line)).toEqual(invocation);
});

test.each(['reset-link', 'reset-two-factor'])('[MY7] [MY13] “agent %s” is understood', (verb) => {
  expect(read(`agent ${verb} A@b.test`)).toEqual({
    remote: false,
    command: { verb, email: 'a@b.test' },
  });
  expect(() => read(`agent ${verb} a@b.test --remote`)).toThrow('--url of the deployed Parley');
});

test('[MY23] the audit log is asked for from a date on, or some days back, of one or all', () => {
  expect(read('audit --since 2026-11-01 --who a@b.test')).toEqual({
    remote: false,
    command: { verb: 'audit', since: Date.parse('2026-11-01'), who: 'a@b.test' },
  });
  const { command } = read('audit --since 2 --remote');
  expect(command).toMatchObject({ verb: 'audit', who: null });
  expect(command.verb === 'audit' && Date.now() - command.since).toBeCloseTo(172_800_000, -5);
  for (const wrong of ['yesterday', '0', '2026-13-45']) {
    expect(() => read(`audit --since ${wrong}`)).toThrow('how many days ago');
  }
});

const VISITOR = '641cc229-003c-4aeb-aad8-814838ab666f';
const server = {
  ...{ url: 'http://127.0.0.1:8787', email: 'a@b.test' },
  ...{ password: 'longenough', code: null },
};
const AS = '--as a@b.test --password longenough';
const nothing = { visitorId: null, olderHours: null, departmentId: null, server };

test.each([
  ['queue list', { verb: 'queues' }],
  [`queue end --visitor ${VISITOR} ${AS}`, { ...nothing, verb: 'end-queue', visitorId: VISITOR }],
  [
    `queue end --older 48 --department garden ${AS}`,
    { ...nothing, verb: 'end-queue', olderHours: 48, departmentId: 'garden' },
  ],
])('[DP11] “%s” is understood', (line, command) => {
  expect(read(line)).toEqual({ remote: false, command });
});

test.each([
  [`queue end ${AS}`, 'Say what is to end'],
  [`queue end --older 1 --visitor ${VISITOR} ${AS}`, 'Say what is to end'],
  [`queue end --older 0 ${AS}`, 'Say how many hours'],
  [`queue end --visitor ivy ${AS}`, '“ivy” is not the id of a visitor'],
  ['queue end --older 1', 'Say --as which admin'],
  ['queue stop', 'no command “queue stop”'],
])('[DP11] “%s” is told what is wrong', (line, complaint) => {
  expect(() => read(line)).toThrow(complaint);
});

test.each([
  ['agent', 'no command “agent ”'],
  ['team list', 'no command “team”'],
  ['agent list all', '“all” is one argument too many'],
  ['agent list --loud', '--loud'],
  ['agent import', 'which file'],
  ['agent role a@b.test boss', 'boss is not a role. Choose one of admin'],
  ['agent role', 'give an e-mail address'],
  ['agent role ada admin', '“ada” is not an e-mail address'],
  ['agent departments a@b.test sale', 'no department “sale”. It has sales, support'],
  ['agent departments a@b.test', 'which departments'],
  ['agent limit a@b.test 0', 'a number from 1 to 999'],
  ['agent password a@b.test --password short', '8 to 200'],
  ['agent add a@b.test --name A --role agent', '--username'],
  ['agent add a@b.test --name A --role agent --username Ada', '--username'],
  ['agent add a@b.test --username ada --role agent', '--name'],
  ['agent remove a@b.test --remote', '--url of the deployed Parley'],
  ['agent remove a@b.test --url nowhere', '“nowhere” is not an address'],
])('[AC22] the mistake in “%s” is told in one line', (line, told) => {
  const mistake = (() => {
    try {
      read(line);
    } catch (error) {
      return error;
    }
  })();
  expect(mistake).toBeInstanceOf(UsageError);
  expect(String(mistake)).toContain(told);
  expect(String(mistake)).not.toContain('\n');
});

test('[AC23] a name’s quotes, question marks and dollars stay a name', () => {
  const name = `O'Hara?'); DROP TABLE "user"; -- $& ?`;
  expect(rendered(statement('SELECT ?, ?', name, 7))).toBe(
    `SELECT 'O''Hara?''); DROP TABLE "user"; -- $& ?', 7;`,
  );
});

test('[AC24] a new password ends the sessions of the old one', async () => {
  const statements = await passwordStatements('agent-ada', 'a new password');
  expect(statements.map(rendered).at(-1)).toBe(
    `DELETE FROM "session" WHERE "userId" = 'agent-ada';`,
  );
});

test('[AC22] the outbox and the rebuild ask for an admin of the running server', () => {
  const as = ['--as', 'Ada@parley.example', '--password', 'secret'];
  const server = {
    ...{ url: 'http://127.0.0.1:8787', email: 'ada@parley.example' },
    ...{ password: 'secret', code: null },
  };
  const read = (...args: string[]) => readAdminCommand(args, []).command;
  expect(read('outbox', 'list', ...as)).toEqual({ verb: 'undelivered', server });
  expect(read('outbox', 'requeue', 'conversation:x:1', ...as)).toEqual({
    verb: 'requeue',
    id: 'conversation:x:1',
    server,
  });
  expect(read('rebuild', ...as, '--url', 'https://chat.example/')).toEqual({
    verb: 'rebuild',
    projection: null,
    server: { ...server, url: 'https://chat.example' },
  });
  expect(read('outbox', 'list', ...as, '--code', '123456')).toMatchObject({
    server: { code: '123456' },
  });
  expect(read('rebuild', 'index', ...as)).toEqual({ verb: 'rebuild', projection: 'index', server });
  expect(() => read('rebuild', '--password', 'secret')).toThrow('Say --as which admin');
  expect(() => read('outbox', 'requeue', ...as)).toThrow('Say which entry');
});

test.each(['export', 'import'])('[CR17] canned responses: %s, at a server that runs', (verb) => {
  const { command } = read(`canned ${verb} all.csv --as a@b.test --password longenough`);
  expect(command).toMatchObject({ verb: `canned-${verb}`, file: 'all.csv' });
  expect(() => read(`canned ${verb} all.txt --as a@b.test --password longenough`)).toThrow(
    UsageError,
  );
});
