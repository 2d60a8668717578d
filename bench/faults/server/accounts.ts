// Accounts for a run's agents, and their sessions.

import type { DepartmentId } from '#shared/ids.ts';
import { accountStatements } from '../../../scripts/accounts.ts';
import type { AgentAccount } from '../people/agent.ts';
import type { ServerProcess } from './process.ts';

const PASSWORD = 'faults-faults';
/** The first is an admin who takes nothing, and reads for the checker. */
export async function hire(
  server: ServerProcess,
  count: number,
  departments: readonly DepartmentId[],
): Promise<{ admin: AgentAccount; agents: AgentAccount[] }> {
  const accounts = [];
  for (let number = 0; number <= count; number++) {
    accounts.push(await account(number, departmentsOf(number, departments)));
  }
  await server.run(accounts.flatMap(({ statements }) => statements));
  const people = [];
  // One after the other, as only so many passwords are tried at a time.
  for (const { id, email, departments } of accounts) {
    people.push({ agentId: id, departments, cookie: await signIn(server.url, email) });
  }
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
  return { id, email, departments, statements };
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
