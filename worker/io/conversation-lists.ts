// Lists of conversations, out of the index (D1).

import * as v from 'valibot';
import {
  listedConversationSchema,
  type ListedConversation,
} from '#shared/conversation-lists/list.ts';
import {
  conversationSummarySchema,
  type ConversationSummary,
} from '#shared/conversation/summary.ts';
import { fieldValuesSchema } from '#shared/custom-fields.ts';
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
  /** Whether they are open; left out: whichever. */
  readonly isOpen?: boolean;
  /** The first answer is missing yet that their SLA policies promise within so many minutes, and due before that. */
  readonly promised?: {
    readonly minutes: Readonly<Record<string, number>>;
    readonly before: number;
  };
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
  /** The earliest first; left out: the latest. */
  readonly isAscending?: boolean;
  readonly limit: number;
  /** `next` of the page before; left out for the first. */
  readonly after?: Position;
}

/** Where a page ended. */
export interface Position {
  readonly at: number;
  readonly conversationId: ConversationId;
}

/** A part of a WHERE, and what fills its blanks. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

type List = [sight: Sight, filter: ConversationFilter, page: PageOfConversations];

interface ListOf<Line> {
  readonly conversations: Line[];
  /** null: there are no more. */
  readonly next: Position | null;
}

/** A page of the conversations that an agent may see, each as a line. */
export async function listConversations(
  db: D1Database,
  ...list: List
): Promise<ListOf<ConversationSummary>> {
  const { rows, next } = await pageOf(db, list, SUMMARY_COLUMNS);
  return { conversations: v.parse(v.array(conversationSummarySchema), rows), next };
}

/** The same, with all that the index knows of each. */
export async function listConversationsInFull(
  db: D1Database,
  ...list: List
): Promise<ListOf<ListedConversation>> {
  const { rows, next } = await pageOf(db, list, ALL_COLUMNS);
  return { conversations: v.parse(v.array(storedSchema), rows), next };
}

const SUMMARY_COLUMNS = `id AS conversationId, department_id AS departmentId, visitor_name AS visitorName, status,
  agent_name AS agentName, preview, opened_at AS openedAt, closed_at AS closedAt`;
const ALL_COLUMNS = `${SUMMARY_COLUMNS}, channel, agent_id AS agentId, contact_id AS contactId, tags, priority, sla,
  unanswered_since AS unansweredSince, last_message_at AS lastMessageAt, fields`;

const positionSchema = v.object({
  at: v.number(),
  conversationId: conversationSummarySchema.entries.conversationId,
});
const storedSchema = v.object({
  ...listedConversationSchema.entries,
  tags: v.pipe(v.string(), v.parseJson(), v.array(v.string())),
  fields: v.pipe(v.string(), v.parseJson(), fieldValuesSchema),
});

async function pageOf(
  db: D1Database,
  [sight, filter, { order, isAscending = false, limit, after }]: List,
  columns: string,
): Promise<{ rows: unknown[]; next: Position | null }> {
  const column = ORDERS[order];
  const [direction, beyond] = isAscending ? ['ASC', '>'] : ['DESC', '<'];
  const conditions = [
    condition(`${column} IS NOT NULL`),
    ...(after
      ? [condition(`(${column}, id) ${beyond} (?, ?)`, after.at, after.conversationId)]
      : []),
    ...inSight(sight),
    ...conditionsOf(filter),
  ];
  const { results } = await db
    .prepare(
      `SELECT ${columns}, ${column} AS at
      FROM conversation
      WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
      ORDER BY ${column} ${direction}, id ${direction}
      LIMIT ?`,
    )
    .bind(...conditions.flatMap(({ values }) => values), limit)
    .all();
  const last = results.length < limit ? undefined : results.at(-1);
  return { rows: results, next: last ? v.parse(positionSchema, last) : null };
}

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
  if (filter.isOpen !== undefined) {
    conditions.push(condition(`closed_at IS ${filter.isOpen ? '' : 'NOT '}NULL`));
  }
  if (filter.promised) {
    const { minutes, before } = filter.promised;
    const due = 'opened_at + 60000 * (SELECT value FROM json_each(?) WHERE key = sla)';
    const isMissing = 'unanswered_since IS NOT NULL';
    conditions.push(condition(`${isMissing} AND ${due} < ?`, JSON.stringify(minutes), before));
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
