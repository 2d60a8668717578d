// Accounts for a run's agents, and their sessions; visitors' tokens.

import * as v from 'valibot';
import { type DepartmentId } from '#shared/ids.ts';
import { accountStatements } from '../../../scripts/accounts.ts';
import type { AgentAccount } from '../people/agent.ts';
import type { DeskProcess } from './process.ts';

const PASSWORD = 'faults-faults';
const AGAIN_MS = 200;

const identitySchema = v.object({ visitorId: v.string(), token: v.string() });

/** The first is an admin who takes nothing: they read for the checker. */
export async function hire(
  desk: DeskProcess,
  count: number,
  departments: readonly DepartmentId[],
): Promise<{ admin: AgentAccount; agents: AgentAccount[] }> {
  const accounts = [];
  for (let number = 0; number <= count; number++) {
    accounts.push(await account(number, departmentsOf(number, departments)));
  }
  await desk.run(accounts.flatMap(({ statements }) => statements));
  const people = await Promise.all(
    accounts.map(async ({ id, email, departments }) => ({
      agentId: id,
      departments,
      cookie: await signIn(desk.url, email),
    })),
  );
  const [admin, ...agents] = people;
  if (!admin) throw new Error('nobody was hired');
  return { admin, agents };
}

/** Half of the agents are members of all departments, some of the first only, some of all others. */
function departmentsOf(number: number, all: readonly DepartmentId[]): readonly DepartmentId[] {
  if (number % 4 === 1) return all.slice(0, 1);
  return number % 4 === 3 ? all.slice(1) : all;
}

async function account(number: number, departments: readonly DepartmentId[]) {
  const email = `agent-${number}@parley.example`;
  const { id, statements } = await accountStatements({
    name: `Agent ${number}`,
    email,
    username: `agent-${number}`,
    role: number === 0 ? 'admin' : 'agent',
    departments,
    password: PASSWORD,
  });
  return { id, email, departments, statements: statements };
}

async function signIn(url: string, email: string): Promise<string> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** Asks until the desk answers. */
export async function newVisitor(url: string): Promise<{ visitorId: string; token: string }> {
  for (;;) {
    try {
      const response = await fetch(`${url}/api/visitors`, { method: 'POST' });
      if (response.ok) return v.parse(identitySchema, await response.json());
      await response.body?.cancel();
    } catch {
      // The line was cut, or the desk is down.
    }
    await new Promise((waited) => setTimeout(waited, AGAIN_MS));
  }
}
