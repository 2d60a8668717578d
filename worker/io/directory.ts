// Every query of the directory (D1): who the agents are, and the index of conversations. Never awaited on
// the path of a message.

import * as v from 'valibot';
import { conversationLineBody, type ConversationLine } from '#shared/api.ts';
import type { OpenedConversation } from '#shared/conversation/state.ts';
import {
  agentIdSchema,
  departmentIdSchema,
  type AgentId,
  type ConversationId,
  type DepartmentId,
  type VisitorId,
} from '#shared/ids.ts';
import { ROLES } from '#shared/permissions.ts';

const directoryAgentSchema = v.object({
  agentId: agentIdSchema,
  name: v.string(),
  email: v.string(),
  username: v.string(),
  role: v.picklist(ROLES),
  /** As many conversations as he may serve at a time; null: as many as the workspace says. */
  chatsAtMost: v.nullable(v.number()),
  /** Where he is a member, whether or not the settings still know the department. */
  departments: v.pipe(v.string(), v.parseJson(), v.array(departmentIdSchema)),
});
export type DirectoryAgent = v.InferOutput<typeof directoryAgentSchema>;

const AGENT_COLUMNS = `
  SELECT id AS agentId, name, email, username, role, chats_at_most AS chatsAtMost,
    (SELECT json_group_array(department_id) FROM membership WHERE agent_id = "user".id) AS departments
  FROM "user"`;
const AGENT = `${AGENT_COLUMNS} WHERE id = ?1`;

/**
 * The agent, if his session still stands. The cookie's cached session may have been ended elsewhere;
 * asking along costs one row read, and ending a session works at once.
 */
export async function findSignedInAgent(
  db: D1Database,
  agentId: AgentId,
  token: string,
): Promise<DirectoryAgent | null> {
  const row = await db
    .prepare(`${AGENT} AND EXISTS (SELECT 1 FROM session WHERE token = ?2 AND "userId" = ?1)`)
    .bind(agentId, token)
    .first();
  return row === null ? null : v.parse(directoryAgentSchema, row);
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

/** Everybody who answers, by name. */
export async function listAgents(db: D1Database): Promise<DirectoryAgent[]> {
  const { results } = await db.prepare(`${AGENT_COLUMNS} ORDER BY name`).all();
  return v.parse(v.array(directoryAgentSchema), results);
}

/** Ends all of an agent's sessions, on every device. */
export async function endSessions(db: D1Database, agentId: AgentId): Promise<void> {
  await db.prepare('DELETE FROM session WHERE "userId" = ?').bind(agentId).run();
}

/** A conversation as the index keeps it. */
export interface ConversationRow {
  readonly conversationId: ConversationId;
  /** Of the log, when it said so. */
  readonly seq: number;
  readonly departmentId: DepartmentId;
  readonly visitorId: VisitorId;
  readonly visitorName: string;
  readonly status: ConversationLine['status'];
  readonly agentId: AgentId | null;
  readonly agentName: string | null;
  readonly preview: string;
  /** As the visitor's client claimed; kept only when that conversation is his too. */
  readonly previousId: ConversationId | null;
  readonly openedAt: number;
  readonly closedAt: number | null;
}

/** @param seq of the last event that led to `state` */
export function conversationRow(
  conversationId: ConversationId,
  state: OpenedConversation,
  seq: number,
): ConversationRow {
  const agent = state.status === 'queued' ? null : state.agent;
  return {
    conversationId,
    seq,
    departmentId: state.departmentId,
    visitorId: state.visitor.id,
    visitorName: state.visitor.name,
    status: state.status,
    agentId: agent?.id ?? null,
    agentName: agent?.name ?? null,
    preview: state.lastMessage?.preview ?? '',
    previousId: state.previousId,
    openedAt: state.openedAt,
    closedAt: state.status === 'closed' ? state.closedAt : null,
  };
}

const PUT_CONVERSATION = `
  INSERT INTO conversation (id, seq, department_id, visitor_id, visitor_name, status, agent_id,
    agent_name, preview, previous_id, opened_at, closed_at)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,
    (SELECT id FROM conversation WHERE id = ?10 AND visitor_id = ?4), ?11, ?12)
  ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq,
    department_id = excluded.department_id,
    visitor_name = excluded.visitor_name,
    status = excluded.status,
    agent_id = excluded.agent_id,
    agent_name = excluded.agent_name,
    preview = excluded.preview,
    previous_id = excluded.previous_id,
    closed_at = excluded.closed_at
  WHERE excluded.seq >= conversation.seq`;

// The name is only the first word: a name that an agent has corrected stays. Nothing is written unless
// the visitor was seen later than known.
const PUT_CONTACT = `
  INSERT INTO contact (id, visitor_id, name, created_at, last_seen_at)
  VALUES (?1, ?2, ?3, ?4, ?4)
  ON CONFLICT (visitor_id) DO UPDATE SET last_seen_at = excluded.last_seen_at
  WHERE excluded.last_seen_at > contact.last_seen_at`;

const PUT_LAST_AGENT = `
  UPDATE contact SET last_agent_id = ?2 WHERE visitor_id = ?1 AND last_agent_id IS NOT ?2`;

/** Puts a conversation into the index, and its visitor among the contacts. An older row changes nothing. */
export async function putConversation(db: D1Database, row: ConversationRow): Promise<void> {
  await db.batch([
    db
      .prepare(PUT_CONVERSATION)
      .bind(
        row.conversationId,
        row.seq,
        row.departmentId,
        row.visitorId,
        row.visitorName,
        row.status,
        row.agentId,
        row.agentName,
        row.preview,
        row.previousId,
        row.openedAt,
        row.closedAt,
      ),
    db.prepare(PUT_CONTACT).bind(crypto.randomUUID(), row.visitorId, row.visitorName, row.openedAt),
    ...(row.closedAt !== null && row.agentId !== null
      ? [db.prepare(PUT_LAST_AGENT).bind(row.visitorId, row.agentId)]
      : []),
  ]);
}

const preferredSchema = v.object({
  managerId: v.nullable(agentIdSchema),
  lastAgentId: v.nullable(agentIdSchema),
});

/** Who should get a visitor's new conversation, the first of them first; whether they can is not known here. */
export async function preferredAgents(
  db: D1Database,
  visitorId: VisitorId,
  { wanted, lastAgentFirst }: { wanted: AgentId | null; lastAgentFirst: boolean },
): Promise<AgentId[]> {
  const row = await db
    .prepare(
      `SELECT manager_id AS managerId, last_agent_id AS lastAgentId FROM contact WHERE visitor_id = ?`,
    )
    .bind(visitorId)
    .first();
  const contact = row === null ? null : v.parse(preferredSchema, row);
  return [
    wanted,
    contact?.managerId ?? null,
    lastAgentFirst ? (contact?.lastAgentId ?? null) : null,
  ].filter((id) => id !== null);
}

interface ClosedQuery {
  /** null: those of every department. */
  readonly departments: readonly DepartmentId[] | null;
  /** And those that he served, of whatever department. */
  readonly agentId: AgentId;
  readonly limit: number;
}

/** Ended conversations, the latest first. */
export async function closedConversations(
  db: D1Database,
  { departments, agentId, limit }: ClosedQuery,
): Promise<ConversationLine[]> {
  const { results } = await db
    .prepare(
      `SELECT id AS conversationId, department_id AS departmentId, visitor_name AS visitorName, status,
        agent_name AS agentName, preview, opened_at AS openedAt, closed_at AS closedAt
      FROM conversation
      WHERE closed_at IS NOT NULL
        AND (?1 IS NULL OR department_id IN (SELECT value FROM json_each(?1)) OR agent_id = ?2)
      ORDER BY closed_at DESC
      LIMIT ?3`,
    )
    .bind(departments === null ? null : JSON.stringify(departments), agentId, limit)
    .all();
  return v.parse(v.array(conversationLineBody), results);
}
