// Lists of all conversations that an agent may see: what is asked for, and what a list has. The address of a list has
// the same, so that it can be shared.

import * as v from 'valibot';
import { promisedAt } from '#shared/conversation/timing.ts';
import { fieldValuesSchema } from '#shared/custom-fields.ts';
import type { Rules } from '#shared/settings/rules.ts';
import { conversationSummarySchema } from '#shared/conversation/summary.ts';
import {
  agentIdSchema,
  contactIdSchema,
  conversationIdSchema,
  departmentIdSchema,
  slugSchema,
} from '#shared/ids.ts';
import { startOfDay } from './start-of-day.ts';

/** A conversation with all that lists know of it. */
export const listedConversationSchema = v.object({
  ...conversationSummarySchema.entries,
  channel: v.string(),
  agentId: v.nullable(agentIdSchema),
  contactId: contactIdSchema,
  tags: v.array(v.string()),
  /** null: the default. */
  priority: v.nullable(v.string()),
  /** null: nothing is promised. */
  sla: v.nullable(v.string()),
  /** Since when the first answer is missing that was promised; null: it is not, or nothing is promised. */
  unansweredSince: v.nullable(v.number()),
  lastMessageAt: v.number(),
  /** The workspace's own fields of conversations. */
  fields: fieldValuesSchema,
});
export type ListedConversation = v.InferOutput<typeof listedConversationSchema>;

/** By when its visitor is to get the first answer; null: nobody waits for it, or nothing is promised. */
export function listedDueAt(
  { sla, unansweredSince, openedAt }: ListedConversation,
  promises: Rules['sla'],
): number | null {
  const promise = promises.find(({ id }) => id === sla);
  return promise && unansweredSince !== null ? promisedAt(openedAt, promise.dueMinutes) : null;
}

export const LIST_STATES = ['open', 'closed'] as const;
/** `taken`: an agent serves it or has it on hold. */
export const LIST_STATUSES = ['queued', 'taken', 'serving', 'held'] as const;
export const LIST_SORTS = ['newest', 'oldest', 'last-message'] as const;
/** By when the first answer, which is missing yet, was promised: by now, within an hour, within a day. */
export const LIST_DUES = ['late', 'hour', 'day'] as const;

const shortText = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const day = v.pipe(v.string(), v.isoDate('a day such as 2026-12-24'));
const POSITION = /^(\d{1,16})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** What is left out does not narrow the list. */
export const listQuerySchema = v.strictObject({
  state: v.optional(v.picklist(LIST_STATES), 'open'),
  /** Of open ones. */
  status: v.optional(v.picklist(LIST_STATUSES)),
  agent: v.optional(agentIdSchema),
  department: v.optional(departmentIdSchema),
  channel: v.optional(shortText),
  tag: v.optional(shortText),
  priority: v.optional(slugSchema),
  due: v.optional(v.picklist(LIST_DUES)),
  contact: v.optional(contactIdSchema),
  /** Days on which they opened or, of closed ones, ended; both are in the list. */
  from: v.optional(day),
  to: v.optional(day),
  /** Where those days begin, as in the IANA database. */
  zone: v.optional(shortText),
  sort: v.optional(v.picklist(LIST_SORTS), 'newest'),
  /** The `next` of the page before. */
  after: v.optional(v.pipe(v.string(), v.regex(POSITION, 'the next of a page'))),
});
export type ListQuery = v.InferOutput<typeof listQuerySchema>;

/** `GET /api/conversations` */
export const conversationListBody = v.object({
  conversations: v.array(listedConversationSchema),
  /** What `after` is for the next page; null: there is none. */
  next: v.nullable(v.string()),
});
export type ConversationList = v.InferOutput<typeof conversationListBody>;

/** Empty values are left out, as a form has them. */
export const readQuery = (search: URLSearchParams) =>
  v.safeParse(listQuerySchema, Object.fromEntries([...search].filter(([, value]) => value !== '')));

/** Where a page ended, as it stands in an address. */
export function positionIn(after: string) {
  const [, at = '', id = ''] = POSITION.exec(after) ?? [];
  return { at: Number(at), conversationId: v.parse(conversationIdSchema, id) };
}

/** From the beginning of the first day to the end of the last, in epoch milliseconds. */
export function spanOf({ from, to, zone = 'UTC' }: Pick<ListQuery, 'from' | 'to' | 'zone'>) {
  return {
    ...(from !== undefined && { from: startOfDay(from, zone, 0) }),
    ...(to !== undefined && { to: startOfDay(to, zone, 1) }),
  };
}
