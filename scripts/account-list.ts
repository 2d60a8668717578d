// Many accounts at once, from a TOML file: an [[agents]] table for each, with the names of the options of `agent add`.

import { parse } from 'smol-toml';
import * as v from 'valibot';
import type { DepartmentId } from '#shared/ids.ts';
import {
  departmentsFrom,
  emailFrom,
  nameFrom,
  passwordFrom,
  roleFrom,
  UsageError,
  usernameFrom,
} from './admin-values.ts';
import type { NewAccount } from './accounts.ts';

/** An account to make; null: its password is still to be created. */
export type ListedAccount = Omit<NewAccount, 'password'> & { readonly password: string | null };

const fileSchema = v.strictObject({
  agents: v.array(
    v.strictObject({
      email: v.string(),
      name: v.string(),
      username: v.string(),
      role: v.string(),
      departments: v.optional(v.array(v.string()), []),
      password: v.optional(v.string()),
    }),
  ),
});

export function readAccountList(toml: string, known: readonly DepartmentId[]): ListedAccount[] {
  const { agents } = readFile(toml);
  const accounts = agents.map(({ email, name, username, role, departments, password }) => ({
    email: emailFrom(email),
    name: nameFrom(name),
    username: usernameFrom(username),
    role: roleFrom(role),
    departments: departmentsFrom(departments.join(','), known),
    password: passwordFrom(password),
  }));
  for (const key of ['email', 'username'] as const) {
    const twice = accounts.find(
      (one, index) => accounts.findIndex((other) => other[key] === one[key]) < index,
    );
    if (twice) throw new UsageError(`${twice[key]} is in the file twice.`);
  }
  return accounts;
}

function readFile(toml: string): v.InferOutput<typeof fileSchema> {
  const file = v.safeParse(fileSchema, parsed(toml));
  if (file.success) return file.output;
  const [issue] = file.issues;
  throw new UsageError(`${v.getDotPath(issue) ?? 'The file'}: ${issue.message}.`);
}

function parsed(toml: string): unknown {
  try {
    return parse(toml);
  } catch (error) {
    const [line] = String(error).split('\n');
    throw new UsageError(`The file is not TOML: ${line}`, { cause: error });
  }
}
