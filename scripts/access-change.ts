// Changes what an agent may do, in the directory and in the Parley that runs.

import * as v from 'valibot';
import type { AuditAction } from '#shared/audit.ts';
import { accessChange, audited } from './accounts.ts';
import type { Directory } from './directory.ts';
import { stateFolder } from './paths.ts';
import { statement, type Statement } from './sql.ts';
import { addressOf } from './state-folder.ts';

interface Change {
  readonly email: string;
  readonly statements: (agentId: string) => readonly Statement[] | Promise<readonly Statement[]>;
  /** What the audit log calls it; left out: it does not tell of it. */
  readonly action?: AuditAction;
  readonly details?: Readonly<Record<string, string>>;
}

/** @param url of the Parley to tell; undefined: of the one that runs on this machine, if one does */
export async function changeAccess(
  { email, statements, action, details }: Change,
  { directory, url }: { directory: Directory; url: string | undefined },
): Promise<void> {
  const agent = await accountOf(directory, email);
  const { id, statement: written } = accessChange(agent.id);
  const told = action ? [audited(action, agent, details)] : [];
  await directory.run([...(await statements(agent.id)), written, ...told]);
  const path = `/api/access-changes/${id}`;
  if (url !== undefined) return tell(new URL(path, url));
  const running = await addressOf(stateFolder);
  // One that was killed left its address. The change waits for the next start.
  if (running) await tell(new URL(path, running)).catch(ignoreUnreachable);
}

class Unreachable extends Error {}

async function tell(url: URL): Promise<void> {
  const answer = await fetch(url, { method: 'POST' }).catch((cause: unknown) => {
    throw new Unreachable(untold(url), { cause });
  });
  if (!answer.ok) throw new Error(untold(url));
}

const untold = ({ origin }: URL): string =>
  `It is stored, but ${origin} could not be told: within ten minutes it learns of it by itself.`;

function ignoreUnreachable(error: unknown): void {
  if (!(error instanceof Unreachable)) throw error;
}

const accountSchema = v.object({ id: v.string(), name: v.string() });

/** Throws when the e-mail address is nobody's. */
export async function accountOf(
  directory: Directory,
  email: string,
): Promise<v.InferOutput<typeof accountSchema>> {
  const query = statement(`SELECT id, name FROM "user" WHERE email = ?`, email);
  const [row] = await directory.query(query);
  if (row === undefined) throw new Error(`There is no account of ${email}.`);
  return v.parse(accountSchema, row);
}
