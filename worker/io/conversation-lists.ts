// Lists of conversations, out of the index (D1).

import * as v from 'valibot';
import {
  conversationSummarySchema,
  type ConversationSummary,
} from '#shared/conversation/summary.ts';
import type { AgentId, ContactId, ConversationId, DepartmentId } from '#shared/ids.ts';

/** Epoch milliseconds; `from` is in the span, `to` is not. */
interface TimeSpan {
  readonly from?: number;
  readonly to?: number;
}

/** What is left out does not narrow the list. */
export interface ConversationFilter {
  readonly statuses?: readonly ConversationSummary['status'][];
  readonly departmentId?: DepartmentId;
  readonly agentId?: AgentId;
  readonly contactId?: ContactId;
  readonly channel?: string;
  readonly tag?: string;
  /** `isDefault`: also those that have none. */
  readonly priority?: { readonly id: string; readonly isDefault: boolean };
  readonly opened?: TimeSpan;
  readonly closed?: TimeSpan;
  readonly lastMessage?: TimeSpan;
}

/** Whose conversations an agent may see: of their departments (null: of all), and those that they served. */
export interface Sight {
  readonly departments: readonly DepartmentId[] | null;
  readonly agentId: AgentId;
}

const ORDERS = {
  opened: 'opened_at',
  /** Only those that have ended. This order has an index, and so has a contact's by `opened`. */
  closed: 'closed_at',
  'last-message': 'last_message_at',
} as const;

export interface PageOfConversations {
  readonly order: keyof typeof ORDERS;
  readonly limit: number;
  /** `next` of the page before; left out for the first. */
  readonly after?: Position;
}

/** Where a page ended. */
interface Position {
  readonly at: number;
  readonly conversationId: ConversationId;
}

/** A part of a WHERE, and what fills its blanks. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** A page of the conversations that an agent may see, the latest first. */
export async function listConversations(
  db: D1Database,
  sight: Sight,
  filter: ConversationFilter,
  { order, limit, after }: PageOfConversations,
): Promise<{ conversations: ConversationSummary[]; next: Position | null }> {
  const column = ORDERS[order];
  const conditions = [
    condition(`${column} IS NOT NULL`),
    ...(after ? [condition(`(${column}, id) < (?, ?)`, after.at, after.conversationId)] : []),
    ...inSight(sight),
    ...conditionsOf(filter),
  ];
  const { results } = await db
    .prepare(
      `SELECT id AS conversationId, department_id AS departmentId, visitor_name AS visitorName, status,
        agent_name AS agentName, preview, opened_at AS openedAt, closed_at AS closedAt, ${column} AS at
      FROM conversation
      WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
      ORDER BY ${column} DESC, id DESC
      LIMIT ?`,
    )
    .bind(...conditions.flatMap(({ values }) => values), limit)
    .all();
  const rows = v.parse(v.array(rowSchema), results);
  const last = rows.length < limit ? undefined : rows.at(-1);
  return {
    conversations: rows.map(({ at: _, ...summary }) => summary),
    next: last ? { at: last.at, conversationId: last.conversationId } : null,
  };
}

const rowSchema = v.object({ ...conversationSummarySchema.entries, at: v.number() });

export const condition = (sql: string, ...values: Condition['values']): Condition => ({
  sql,
  values,
});

/** Of the table `conversation`. */
export function inSight({ departments, agentId }: Sight): Condition[] {
  if (departments === null) return [];
  const among = 'department_id IN (SELECT value FROM json_each(?))';
  return [condition(`(${among} OR agent_id = ?)`, JSON.stringify(departments), agentId)];
}

function conditionsOf(filter: ConversationFilter): Condition[] {
  const { statuses, departmentId, agentId, contactId, channel, tag, priority } = filter;
  const conditions: Condition[] = [
    ...within('opened_at', filter.opened),
    ...within('closed_at', filter.closed),
    ...within('last_message_at', filter.lastMessage),
  ];
  if (statuses) {
    const among = 'status IN (SELECT value FROM json_each(?))';
    conditions.push(condition(among, JSON.stringify(statuses)));
  }
  if (departmentId) conditions.push(condition('department_id = ?', departmentId));
  if (agentId) conditions.push(condition('agent_id = ?', agentId));
  if (contactId) conditions.push(condition('contact_id = ?', contactId));
  if (channel) conditions.push(condition('channel = ?', channel));
  if (tag)
    conditions.push(condition('EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)', tag));
  if (priority) {
    const orNone = priority.isDefault ? ' OR priority IS NULL' : '';
    conditions.push(condition(`(priority = ?${orNone})`, priority.id));
  }
  return conditions;
}

function within(column: string, { from, to }: TimeSpan = {}): Condition[] {
  return [
    ...(from === undefined ? [] : [condition(`${column} >= ?`, from)]),
    ...(to === undefined ? [] : [condition(`${column} < ?`, to)]),
  ];
}
