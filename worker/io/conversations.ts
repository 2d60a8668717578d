// The index of conversations that lists are made of (D1): a projection of their logs, which may lag by a moment.

import * as v from 'valibot';
import { conversationLineBody, type ConversationLine } from '#shared/api.ts';
import type { OpenedConversation } from '#shared/conversation/state.ts';
import type { AgentId, ConversationId, DepartmentId, VisitorId } from '#shared/ids.ts';

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
