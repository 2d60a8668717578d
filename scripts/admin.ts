// npm run admin: accounts, the outbox, and what is derived from logs, from the command line. See --help.

import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { DepartmentId } from '#shared/ids.ts';
import { readAccountList, type ListedAccount } from './account-list.ts';
import { withAskedPassword } from './asked-password.ts';
import { accountOf, changeAccess } from './access-change.ts';
import { exportCanned, importCanned } from './canned-responses.ts';
import { HELP, readAdminCommand, type AdminCommand } from './admin-command.ts';
import {
  accountStatements,
  audited,
  departmentStatements,
  limitStatements,
  newPassword,
  noTwoFactorStatements,
  passwordStatements,
  removeStatements,
  resetLink,
  roleStatements,
} from './accounts.ts';
import { auditLog } from './audit-log.ts';
import { readSettings } from './configuration.ts';
import { Directory } from './directory.ts';
import { leftBehind, OPEN_BY_DEPARTMENT } from './left-behind.js';
import { stateFolder } from './paths.ts';
import { addressOf } from './state-folder.ts';
import { Operator } from './operator.ts';
import { task } from './run.ts';
import { statement } from './sql.ts';

interface Surroundings {
  readonly directory: Directory;
  readonly known: readonly DepartmentId[];
  readonly url: string | undefined;
}

async function carryOut(command: AdminCommand, around: Surroundings): Promise<string> {
  const { directory, known } = around;
  switch (command.verb) {
    case 'help':
      return HELP;
    case 'list':
      return list(directory);
    case 'add':
      return add([command], directory);
    case 'import':
      return add(readAccountList(await readFile(command.file, 'utf8'), known), directory);
    case 'role': {
      const { email, role } = command;
      const statements = (id: string) => roleStatements(id, role);
      await changeAccess({ email, statements, action: 'account.role', details: { role } }, around);
      return `${email} is now ${role}.`;
    }
    case 'departments': {
      const { email, departments } = command;
      const statements = (id: string) => departmentStatements(id, departments);
      const details = { departments: departments.join(',') };
      await changeAccess({ email, statements, action: 'account.departments', details }, around);
      return `${email} is now in ${departments.join(', ') || 'no department'}.`;
    }
    case 'limit': {
      const { email, limit } = command;
      await changeAccess({ email, statements: (id) => limitStatements(id, limit) }, around);
      return limit === null
        ? `${email} has the workspace’s limit.`
        : `${email} serves ${limit} conversations at a time.`;
    }
    case 'password': {
      const { email } = command;
      const password = command.password ?? newPassword();
      const statements = (id: string) => passwordStatements(id, password);
      await changeAccess({ email, statements, action: 'password.changed' }, around);
      return withPassword(`${email} has a new password.`, command.password, password);
    }
    case 'reset-link':
      return makeResetLink(command.email, around);
    case 'reset-two-factor': {
      const { email } = command;
      const change = {
        email,
        statements: noTwoFactorStatements,
        action: 'second-factor.off',
      } as const;
      await changeAccess(change, around);
      return `${email} signs in with the password alone, until they set up a second factor again.`;
    }
    case 'remove': {
      const { email } = command;
      await changeAccess(
        { email, statements: removeStatements, action: 'account.removed' },
        around,
      );
      return `${email} is removed.`;
    }
    case 'audit':
      return auditLog(directory, command);
    case 'canned-export':
      return exportCanned(await Operator.at(command.server), command.file);
    case 'canned-import':
      return importCanned(await Operator.at(command.server), command.file);
    case 'queues':
      return queues(directory, known);
    case 'end-queue': {
      const { visitorId, olderHours, departmentId, server } = command;
      const openedBefore = olderHours === null ? null : Date.now() - olderHours * 3_600_000;
      const departments = departmentId === null ? known : [departmentId];
      return (await Operator.at(server)).endQueues({ visitorId, openedBefore }, departments);
    }
    case 'undelivered':
      return (await Operator.at(command.server)).undelivered();
    case 'requeue':
      return (await Operator.at(command.server)).requeue(command.id);
    case 'rebuild':
      return (await Operator.at(command.server)).rebuild(command.projection, known);
  }
}

async function makeResetLink(email: string, { directory, url }: Surroundings): Promise<string> {
  const origin = url ?? (await addressOf(stateFolder));
  if (origin === null) throw new Error('Say the --url of the Parley that the link leads to.');
  const agent = await accountOf(directory, email);
  const { path, statements } = await resetLink(agent.id, Date.now());
  await directory.run([...statements, audited('reset-link.made', agent)]);
  return `Give this link to ${email}. It works once, within an hour:\n${new URL(path, origin).href}`;
}

/** All of them, or none: one that can't be made is told before anything is written. */
async function add(accounts: readonly ListedAccount[], directory: Directory): Promise<string> {
  const taken = v.parse(
    v.array(v.object({ email: v.string(), username: v.string() })),
    await directory.query(statement(`SELECT email, username FROM "user"`)),
  );
  for (const { email, username } of accounts) {
    if (taken.some((other) => other.email === email))
      throw new Error(`${email} is already an account's.`);
    if (taken.some((other) => other.username === username)) {
      throw new Error(`The username ${username} is already an account's.`);
    }
  }
  const made = accounts.map((account) => ({
    ...account,
    given: account.password,
    password: account.password ?? newPassword(),
  }));
  const statements = await Promise.all(
    made.map(async (account) => (await accountStatements(account)).statements),
  );
  await directory.run(statements.flat());
  return made
    .map(({ email, given, password }) => withPassword(`${email} can sign in.`, given, password))
    .join('\n');
}

const withPassword = (sentence: string, given: string | null, password: string): string =>
  given === null ? `${sentence}\nPassword: ${password}` : sentence;

const openSchema = v.array(
  v.object({ id: v.string(), conversations: v.number(), messages: v.number() }),
);

async function queues(directory: Directory, known: readonly DepartmentId[]): Promise<string> {
  const open = v.parse(openSchema, await directory.query(statement(OPEN_BY_DEPARTMENT)));
  const lines = open.map(
    ({ id, conversations, messages }) =>
      `${id}  ${conversations} conversations  ${messages} offline messages`,
  );
  return [...lines, leftBehind(open, known)].filter(Boolean).join('\n') || 'Nothing is open.';
}

const lineSchema = v.object({
  email: v.string(),
  name: v.string(),
  username: v.string(),
  role: v.string(),
  departments: v.nullable(v.string()),
});

async function list(directory: Directory): Promise<string> {
  const rows = await directory.query(
    statement(
      `SELECT email, name, username, role,
        (SELECT group_concat(department_id, ',') FROM membership WHERE agent_id = "user".id) AS departments
      FROM "user" ORDER BY email`,
    ),
  );
  if (rows.length === 0) return 'There is no account yet. Make one: npm run admin -- agent add …';
  return v
    .parse(v.array(lineSchema), rows)
    .map(({ email, name, username, role, departments }) =>
      [email, name, `@${username}`, role, departments ?? '–'].join('  '),
    )
    .join('\n');
}

await task(async () => {
  const { departments } = await readSettings();
  const known = departments.map(({ id }) => id);
  const args = await withAskedPassword(process.argv.slice(2), process.stdin, console.warn);
  const { command, remote, url } = readAdminCommand(args, known);
  console.log(await carryOut(command, { directory: new Directory({ remote }), known, url }));
});
