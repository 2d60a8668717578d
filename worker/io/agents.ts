// The agents: their accounts, memberships and sessions (D1).

import * as v from 'valibot';
import { agentIdSchema, departmentIdSchema, type AgentId } from '#shared/ids.ts';
import { ROLES } from '#shared/permissions.ts';

const directoryAgentSchema = v.object({
  agentId: agentIdSchema,
  name: v.string(),
  email: v.string(),
  username: v.string(),
  role: v.picklist(ROLES),
  /** As many conversations as they may serve at a time; null: as many as the workspace says. */
  maxConversations: v.nullable(v.number()),
  /** Whether a password alone does not let them in. */
  hasTwoFactor: v.pipe(
    v.number(),
    v.transform((stored) => stored !== 0),
  ),
  /** Where they are a member, whether or not the settings still know the department. */
  departments: v.pipe(v.string(), v.parseJson(), v.array(departmentIdSchema)),
});
export type DirectoryAgent = v.InferOutput<typeof directoryAgentSchema>;

const COLUMNS = `
  id AS agentId, name, email, username, role, max_conversations AS maxConversations,
  "twoFactorEnabled" AS hasTwoFactor,
  (SELECT json_group_array(department_id) FROM membership WHERE agent_id = "user".id) AS departments`;
const AGENT_COLUMNS = `SELECT ${COLUMNS} FROM "user"`;
const AGENT = `${AGENT_COLUMNS} WHERE id = ?1`;

const signedInAgentSchema = v.object({
  ...directoryAgentSchema.entries,
  session: v.pipe(
    v.string(),
    v.parseJson(),
    v.object({
      id: v.string(),
      /** Epoch milliseconds: when they showed last that it is them; null: before that was kept. */
      confirmedAt: v.nullable(v.number()),
    }),
  ),
});
export type SignedInDirectoryAgent = v.InferOutput<typeof signedInAgentSchema>;

/**
 * The agent, if their session still stands. The cookie's cached session may have been ended elsewhere;
 * asking along costs one row read, and ending a session works at once.
 */
export async function findSignedInAgent(
  db: D1Database,
  agentId: AgentId,
  token: string,
): Promise<SignedInDirectoryAgent | null> {
  const row = await db
    .prepare(
      `SELECT ${COLUMNS}, (SELECT json_object('id', id, 'confirmedAt', confirmed_at) FROM session
         WHERE token = ?2 AND "userId" = ?1) AS session
       FROM "user" WHERE id = ?1 AND session IS NOT NULL`,
    )
    .bind(agentId, token)
    .first();
  return row === null ? null : v.parse(signedInAgentSchema, row);
}

/** The agent of the session that has this token, if it stands. @param now epoch milliseconds */
export async function findAgentOfSession(
  db: D1Database,
  token: string,
  now: number,
): Promise<DirectoryAgent | null> {
  const row = await db
    .prepare(
      `${AGENT_COLUMNS} WHERE id = (SELECT "userId" FROM session WHERE token = ?1 AND "expiresAt" > ?2)`,
    )
    .bind(token, new Date(now).toISOString())
    .first();
  return row === null ? null : v.parse(directoryAgentSchema, row);
}

export async function findAgent(db: D1Database, agentId: AgentId): Promise<DirectoryAgent | null> {
  const row = await db.prepare(AGENT).bind(agentId).first();
  return row === null ? null : v.parse(directoryAgentSchema, row);
}

/** By their id, or by their username. */
export async function findColleague(db: D1Database, named: string): Promise<DirectoryAgent | null> {
  const row = await db
    .prepare(`${AGENT_COLUMNS} WHERE id = ?1 OR username = ?1 ORDER BY id = ?1 DESC LIMIT 1`)
    .bind(named)
    .first();
  return row === null ? null : v.parse(directoryAgentSchema, row);
}

/** Whether the agent is signed in anywhere. @param now epoch milliseconds */
export async function hasSession(db: D1Database, agentId: AgentId, now: number): Promise<boolean> {
  const row = await db
    .prepare('SELECT 1 FROM session WHERE "userId" = ? AND "expiresAt" > ? LIMIT 1')
    .bind(agentId, new Date(now).toISOString())
    .first();
  return row !== null;
}

/** Whose account an e-mail address is; null: nobody's. */
export async function findAgentByEmail(
  db: D1Database,
  email: string,
): Promise<DirectoryAgent | null> {
  const row = await db.prepare(`${AGENT_COLUMNS} WHERE email = ?`).bind(email).first();
  return row === null ? null : v.parse(directoryAgentSchema, row);
}

export async function renameAgent(db: D1Database, agentId: AgentId, name: string): Promise<void> {
  await db
    .prepare('UPDATE "user" SET name = ?, "updatedAt" = ? WHERE id = ?')
    .bind(name, new Date().toISOString(), agentId)
    .run();
}

/** All agents, by name. */
export async function listAgents(db: D1Database): Promise<DirectoryAgent[]> {
  const { results } = await db.prepare(`${AGENT_COLUMNS} ORDER BY name`).all();
  return v.parse(v.array(directoryAgentSchema), results);
}

/** Ends all of an agent's sessions, on every device. */
export async function endSessions(db: D1Database, agentId: AgentId): Promise<void> {
  await db.prepare('DELETE FROM session WHERE "userId" = ?').bind(agentId).run();
}
