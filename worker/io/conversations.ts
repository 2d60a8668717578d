// What the index of conversations holds (D1): a projection of their logs, which may lag by a moment. What a row says
// of messages is as of the last change of status, agent, department or details.

import type { OpenedConversation } from '#shared/conversation/state.ts';
import { summaryOf, type ConversationSummary } from '#shared/conversation/summary.ts';
import { promisedSince } from '#shared/conversation/timing.ts';
import type { FieldValues } from '#shared/custom-fields.ts';
import type { AgentId, ContactId, ConversationId } from '#shared/ids.ts';

/** A conversation as the index keeps it. */
export interface ConversationRow extends ConversationSummary {
  /** Of the log's last event that the row knows. */
  readonly seq: number;
  readonly channel: string;
  readonly contactId: ContactId;
  readonly agentId: AgentId | null;
  readonly tags: readonly string[];
  /** null: the default. */
  readonly priority: string | null;
  /** null: nothing is promised. */
  readonly sla: string | null;
  /** Since when the first answer is missing that was promised; null: it is not, or nothing is promised. */
  readonly unansweredSince: number | null;
  /** As the visitor's client claimed; kept only when that conversation is the same contact's. */
  readonly previousId: ConversationId | null;
  readonly lastMessageAt: number;
  /** The workspace's own fields of conversations. */
  readonly fields: FieldValues;
  /** What the agent who ended it wrote about it. */
  readonly comment: string | null;
}

/** @param seq of the last event that led to `state` */
export function conversationRow(
  conversationId: ConversationId,
  state: OpenedConversation,
  seq: number,
): ConversationRow {
  return {
    ...summaryOf(conversationId, state),
    seq,
    channel: state.channel,
    contactId: state.contactId,
    agentId: state.status === 'queued' ? null : (state.agent?.id ?? null),
    tags: state.details.tags,
    priority: state.details.priority,
    sla: state.details.sla,
    unansweredSince: promisedSince(state),
    previousId: state.previousId,
    lastMessageAt: state.lastMessage?.at ?? state.openedAt,
    fields: state.details.fields,
    comment: state.status === 'closed' ? state.comment : null,
  };
}

// The log knows the contact that the visitor was at first, and the name that was true then; agents may have merged and
// renamed them since.
const PUT_CONVERSATION = `
  INSERT INTO conversation (id, seq, status, department_id, channel, contact_id, visitor_name, agent_id,
    agent_name, tags, priority, preview, previous_id, opened_at, closed_at, last_message_at, comment, sla,
    log_contact_id, unanswered_since, fields)
  SELECT ?1, ?2, ?3, ?4, ?5, owner.id,
    coalesce((SELECT name FROM contact WHERE id = owner.id), ?7), ?8, ?9, ?10, ?11, ?12,
    (SELECT id FROM conversation WHERE id = ?13 AND contact_id = owner.id), ?14, ?15, ?16, ?17, ?18, ?6, ?19, ?20
  FROM (SELECT coalesce((SELECT merged_into FROM contact WHERE id = ?6), ?6) AS id) AS owner
  WHERE true
  ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq,
    status = excluded.status,
    department_id = excluded.department_id,
    visitor_name = excluded.visitor_name,
    agent_id = excluded.agent_id,
    agent_name = excluded.agent_name,
    tags = excluded.tags,
    priority = excluded.priority,
    sla = excluded.sla,
    unanswered_since = excluded.unanswered_since,
    fields = excluded.fields,
    preview = excluded.preview,
    previous_id = excluded.previous_id,
    closed_at = excluded.closed_at,
    last_message_at = excluded.last_message_at,
    comment = excluded.comment
  WHERE excluded.seq >= conversation.seq`;

/** A contact who is listed shows when they, or an agent, wrote last: as of the end, so that no message costs a row. */
const NOTE_LAST_MESSAGE = `
  UPDATE contact SET last_message_at = ?2
  WHERE id = (SELECT coalesce(merged_into, id) FROM contact WHERE id = ?1)
    AND is_known = 1 AND last_message_at < ?2`;

/** Puts a conversation into the index. An older row changes nothing. */
export async function putConversation(db: D1Database, row: ConversationRow): Promise<void> {
  const put = db
    .prepare(PUT_CONVERSATION)
    .bind(
      row.conversationId,
      row.seq,
      row.status,
      row.departmentId,
      row.channel,
      row.contactId,
      row.visitorName,
      row.agentId,
      row.agentName,
      JSON.stringify(row.tags),
      row.priority,
      row.preview,
      row.previousId,
      row.openedAt,
      row.closedAt,
      row.lastMessageAt,
      row.comment,
      row.sla,
      row.unansweredSince,
      JSON.stringify(row.fields),
    );
  const hasEnded = row.closedAt !== null;
  const note = db.prepare(NOTE_LAST_MESSAGE).bind(row.contactId, row.lastMessageAt);
  await db.batch(hasEnded ? [put, note] : [put]);
}

export async function isIndexed(db: D1Database, id: ConversationId): Promise<boolean> {
  return (await db.prepare('SELECT 1 FROM conversation WHERE id = ?').bind(id).first()) !== null;
}

/**
 * Takes a conversation out of the directory, and its contact if nothing else is known of them: none of their own
 * conversations, nothing that an agent noted, no block, and no other contact that they became part of.
 */
export async function eraseConversation(
  db: D1Database,
  id: ConversationId,
  contactId: ContactId,
): Promise<void> {
  const ofNobody = `id = ?1 AND is_known = 0 AND manager_id IS NULL AND blocked_at IS NULL
    AND merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM conversation WHERE contact_id = ?1)`;
  await db.batch([
    db.prepare('DELETE FROM conversation WHERE id = ?').bind(id),
    // Their ids begin with the conversation's; `;` comes after `:`.
    db
      .prepare('DELETE FROM undelivered WHERE id > ? AND id < ?')
      .bind(`conversation:${id}:`, `conversation:${id};`),
    db.prepare(`DELETE FROM contact WHERE ${ofNobody}`).bind(contactId),
  ]);
}
