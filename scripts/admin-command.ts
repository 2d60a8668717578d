// Reads the arguments of `npm run admin`: what to do, or what is wrong with them.

import { parseArgs } from 'node:util';
import type { DepartmentId, VisitorId } from '#shared/ids.ts';
import { ROLES, type Role } from '#shared/permissions.ts';
import {
  anyDepartmentFrom,
  departmentsFrom,
  emailFrom,
  hoursFrom,
  limitFrom,
  nameFrom,
  originFrom,
  passwordFrom,
  roleFrom,
  sinceFrom,
  UsageError,
  usernameFrom,
  visitorFrom,
} from './admin-values.ts';

export const HELP = `npm run admin -- <command> [--remote]

  agent add <email> --name <name> --username <username> --role <role>
            [--departments <id,id>] [--password <password>]
  agent import <file>                   many at once: a TOML file with an [[agents]] table for each
  agent role <email> <role>
  agent departments <email> <id,id>     ("" for none)
  agent limit <email> <number>          conversations at a time ("" for the workspace's)
  agent password <email> [--password <password>]
  agent reset-link <email>              a link by which they set a new password: once, within an hour
  agent reset-two-factor <email>        for one who has lost their second factor and all recovery codes
  agent remove <email>
  agent list

  audit [--since <days or date>] [--who <email>]
                                        who did what: sign-ins, changes of accounts, exports, erasures

  canned export <file>                  canned responses into a .json or .csv file
  canned import <file>                  and from one: what has its shortcut in its place is replaced
            --as <email> [--password <password>] [--code <code>] [--url <address>]

  queue list                            what is open in each department, also in one that is gone
  queue end --visitor <id> | --older <hours> [--department <id>]
                                        ends what waits: a visitor's, or what opened longer ago
  outbox list                           what could not be delivered, and why
  outbox requeue <id>
  rebuild [<name>]                      what is derived from the logs, or only one part of it: index, search
            --as <email> [--password <password>] [--code <code>] [--url <address>]

Without --password, one is created and printed. With --password - you are asked for it.
Roles: ${ROLES.join(', ')}. Departments are those of wrangler.toml.
Accounts are changed on this machine, where npm start serves, or with --remote in the deployed database.
What an agent may do changes at once, also where they are at work: say the --url of a deployed Parley.
Canned responses, ending what waits, the outbox and the rebuild need a server that runs: sign in --as an admin, with
--password or PARLEY_PASSWORD, and with the --code of an authenticator app if they have one. --url is its address;
without it, http://127.0.0.1:8787.`;

export type AdminCommand =
  | { verb: 'help' }
  | { verb: 'list' }
  | {
      verb: 'add';
      email: string;
      name: string;
      username: string;
      role: Role;
      departments: DepartmentId[];
      password: string | null;
    }
  | { verb: 'import'; file: string }
  | { verb: 'role'; email: string; role: Role }
  | { verb: 'departments'; email: string; departments: DepartmentId[] }
  /** null: the workspace's. */
  | { verb: 'limit'; email: string; limit: number | null }
  | { verb: 'password'; email: string; password: string | null }
  | { verb: 'reset-link'; email: string }
  | { verb: 'reset-two-factor'; email: string }
  | { verb: 'remove'; email: string }
  /** Epoch milliseconds; null: anyone. */
  | { verb: 'audit'; since: number; who: string | null }
  | { verb: 'canned-export' | 'canned-import'; file: string; server: RunningServer }
  | { verb: 'queues' }
  | {
      verb: 'end-queue';
      /** null: anybody's. */
      visitorId: VisitorId | null;
      /** null: however old. */
      olderHours: number | null;
      /** null: each of the settings. */
      departmentId: DepartmentId | null;
      server: RunningServer;
    }
  | { verb: 'undelivered'; server: RunningServer }
  | { verb: 'requeue'; id: string; server: RunningServer }
  /** null: everything that is derived. */
  | { verb: 'rebuild'; projection: string | null; server: RunningServer };

/** A server that runs, and who signs in there. */
export interface RunningServer {
  readonly url: string;
  readonly email: string;
  readonly password: string;
  /** Of their authenticator app; null: they need none. */
  readonly code: string | null;
}

export interface AdminInvocation {
  readonly command: AdminCommand;
  readonly remote: boolean;
  /** Of the Parley that is told of a change. */
  readonly url: string | undefined;
}

const OPTIONS = {
  name: { type: 'string' },
  username: { type: 'string' },
  role: { type: 'string' },
  departments: { type: 'string' },
  password: { type: 'string' },
  code: { type: 'string' },
  since: { type: 'string' },
  who: { type: 'string' },
  as: { type: 'string' },
  visitor: { type: 'string' },
  older: { type: 'string' },
  department: { type: 'string' },
  url: { type: 'string' },
  remote: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export function readAdminCommand(
  args: readonly string[],
  known: readonly DepartmentId[],
): AdminInvocation {
  const { values, positionals } = parsed(args);
  const [noun, verb, email, value, ...rest] = positionals;
  const { remote } = values;
  const url = values.url === undefined ? undefined : originFrom(values.url);
  const invocation = (command: AdminCommand) => ({ command, remote, url });
  const change = (command: AdminCommand) => {
    if (!remote || url) return invocation(command);
    throw new UsageError('Say the --url of the deployed Parley, which is told of it.');
  };
  if (values.help || noun === undefined || noun === 'help') return invocation({ verb: 'help' });
  if (noun === 'rebuild') {
    const server = serverFrom(values);
    return invocation({ verb: 'rebuild', projection: verb ?? null, server });
  }
  if (noun === 'canned') return invocation(cannedCommand(verb, email, serverFrom(values)));
  if (noun === 'queue') return invocation(queueCommand(verb, values));
  if (noun === 'outbox') return invocation(outboxCommand(verb, email, serverFrom(values)));
  if (noun === 'audit') {
    const since = sinceFrom(values.since, Date.now());
    return invocation({ verb: 'audit', since, who: values.who ?? null });
  }
  if (noun !== 'agent') throw new UsageError(`There is no command “${noun}”. See --help.`);
  const none = (...extra: (string | undefined)[]) => {
    const first = extra.find((argument) => argument !== undefined);
    if (first !== undefined) throw new UsageError(`“${first}” is one argument too many.`);
  };

  switch (verb) {
    case 'list':
      none(email, value, ...rest);
      return invocation({ verb });
    case 'add':
      none(value, ...rest);
      return invocation({
        verb,
        email: emailFrom(email),
        name: nameFrom(values.name),
        username: usernameFrom(values.username),
        role: roleFrom(values.role),
        departments: departmentsFrom(values.departments ?? '', known),
        password: passwordFrom(values.password),
      });
    case 'import':
      none(value, ...rest);
      if (email === undefined) throw new UsageError('Say which file lists the agents.');
      return invocation({ verb, file: email });
    case 'role':
      none(...rest);
      return change({ verb, email: emailFrom(email), role: roleFrom(value ?? values.role) });
    case 'departments': {
      none(...rest);
      const list = value ?? values.departments;
      if (list === undefined) throw new UsageError('Say which departments, such as sales,support.');
      return change({ verb, email: emailFrom(email), departments: departmentsFrom(list, known) });
    }
    case 'limit':
      none(...rest);
      return change({ verb, email: emailFrom(email), limit: limitFrom(value) });
    case 'password':
      none(value, ...rest);
      return change({ verb, email: emailFrom(email), password: passwordFrom(values.password) });
    case 'reset-link':
    case 'reset-two-factor':
    case 'remove':
      none(value, ...rest);
      return change({ verb, email: emailFrom(email) });
    default:
      throw new UsageError(`There is no command “agent ${verb ?? ''}”. See --help.`);
  }
}

function cannedCommand(
  verb: string | undefined,
  file: string | undefined,
  server: RunningServer,
): AdminCommand {
  if (verb !== 'export' && verb !== 'import') {
    throw new UsageError(`There is no command “canned ${verb ?? ''}”. See --help.`);
  }
  if (file === undefined || !/\.(json|csv)$/i.test(file)) {
    throw new UsageError('Say which file: a name that ends with .json or .csv.');
  }
  return { verb: `canned-${verb}`, file, server };
}

function outboxCommand(
  verb: string | undefined,
  id: string | undefined,
  server: RunningServer,
): AdminCommand {
  if (verb === 'list') return { verb: 'undelivered', server };
  if (verb !== 'requeue') throw new UsageError(`There is no command “outbox ${verb ?? ''}”.`);
  if (id === undefined) throw new UsageError('Say which entry: an id of outbox list.');
  return { verb, id, server };
}

interface QueueValues extends ServerValues {
  visitor?: string | undefined;
  older?: string | undefined;
  department?: string | undefined;
}

function queueCommand(verb: string | undefined, values: QueueValues): AdminCommand {
  if (verb === 'list') return { verb: 'queues' };
  if (verb !== 'end') throw new UsageError(`There is no command “queue ${verb ?? ''}”.`);
  const { visitor, older, department } = values;
  if ((visitor === undefined) === (older === undefined)) {
    throw new UsageError('Say what is to end: --visitor <id>, or --older <hours>.');
  }
  return {
    verb: 'end-queue',
    visitorId: visitor === undefined ? null : visitorFrom(visitor),
    olderHours: older === undefined ? null : hoursFrom(older),
    departmentId: department === undefined ? null : anyDepartmentFrom(department),
    server: serverFrom(values),
  };
}

interface ServerValues {
  as?: string | undefined;
  url?: string | undefined;
  password?: string | undefined;
  code?: string | undefined;
}

function serverFrom({
  as,
  code,
  url = 'http://127.0.0.1:8787',
  password = process.env.PARLEY_PASSWORD,
}: ServerValues): RunningServer {
  if (as === undefined) throw new UsageError('Say --as which admin: an e-mail address.');
  if (password === undefined) {
    throw new UsageError('Give the --password of that admin, or set PARLEY_PASSWORD.');
  }
  return { url: originFrom(url), email: emailFrom(as), password, code: code ?? null };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    // parseArgs explains at length how to pass a value that begins with a dash; the first sentence will do.
    const [sentence] = error instanceof Error ? error.message.split(/(?<=\.) |\n/) : [];
    throw new UsageError(sentence ?? String(error), { cause: error });
  }
}
