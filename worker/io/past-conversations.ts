// The conversations of one contact, for the agents who may see them (D1).

import * as v from 'valibot';
import { pastConversationSchema, type PastConversations } from '#shared/contact/contact.ts';
import type { ContactId } from '#shared/ids.ts';
import { condition, inSight, type Sight } from './conversation-lists.ts';

/** As many as a panel shows at once. */
const PAGE = 20;

interface Position {
  readonly at: number;
  readonly id: string;
}

const rowSchema = v.object({
  ...pastConversationSchema.entries,
  tags: v.pipe(v.string(), v.parseJson(), pastConversationSchema.entries.tags),
});

/** A page, those that opened last first. */
export async function listPastConversations(
  db: D1Database,
  sight: Sight,
  contactId: ContactId,
  after: Position | null,
): Promise<PastConversations> {
  const conditions = [
    condition('contact_id = ?', contactId),
    ...(after ? [condition('(opened_at, id) < (?, ?)', after.at, after.id)] : []),
    ...inSight(sight),
  ];
  const { results } = await db
    .prepare(
      `SELECT id AS conversationId, department_id AS departmentId, visitor_name AS visitorName, status,
        agent_name AS agentName, preview, opened_at AS openedAt, closed_at AS closedAt, channel, tags, comment
      FROM conversation
      WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
      ORDER BY opened_at DESC, id DESC
      LIMIT ${PAGE}`,
    )
    .bind(...conditions.flatMap(({ values }) => values))
    .all();
  const conversations = v.parse(v.array(rowSchema), results);
  const last = conversations.length < PAGE ? undefined : conversations.at(-1);
  return {
    conversations,
    next: last ? `${last.openedAt}.${last.conversationId}` : null,
  };
}
