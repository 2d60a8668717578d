// What the routes of the search take and answer.

import * as v from 'valibot';
import { agentIdSchema, conversationIdSchema, departmentIdSchema } from '#shared/ids.ts';
import { saidSchema } from './said.ts';
import { MOST_CHARACTERS } from './wanted.ts';

const { text: _, ...aboutSaid } = saidSchema.entries;

/** The part of what was said that shows why it was found. */
const hitFields = {
  ...aboutSaid,
  snippet: v.string(),
  /** Of the snippet, in UTF-16 units: beginnings and ends of what was looked for. */
  marks: v.array(v.tuple([v.number(), v.number()])),
};

const typedSchema = v.pipe(v.string(), v.maxLength(MOST_CHARACTERS));

const momentSchema = v.pipe(
  v.string(),
  v.regex(/^\d{1,15}$/, 'epoch milliseconds'),
  v.transform(Number),
);
const placeSchema = v.pipe(
  v.string(),
  v.regex(/^[1-9]\d{0,15}$/, 'the next of the page before'),
  v.transform(Number),
  v.maxValue(Number.MAX_SAFE_INTEGER),
);

export const SEARCH_ORDERS = ['best', 'newest'] as const;
export type SearchOrder = (typeof SEARCH_ORDERS)[number];

/** `GET /api/search?text=…`: without a text, nothing is found. */
export const searchQuery = v.strictObject({
  text: v.optional(typedSchema, ''),
  order: v.optional(v.picklist(SEARCH_ORDERS), 'best'),
  department: v.optional(departmentIdSchema),
  agent: v.optional(agentIdSchema),
  channel: v.optional(v.string()),
  tag: v.optional(v.string()),
  status: v.optional(v.picklist(['open', 'closed'])),
  since: v.optional(momentSchema),
  until: v.optional(momentSchema),
  after: v.optional(placeSchema),
});
export type SearchQuery = v.InferOutput<typeof searchQuery>;

export const searchHitSchema = v.object({
  conversationId: conversationIdSchema,
  departmentId: departmentIdSchema,
  visitorName: v.string(),
  /** Null: no agent has it. */
  agentName: v.nullable(v.string()),
  channel: v.string(),
  tags: v.array(v.string()),
  /** Null: it is open. */
  closedAt: v.nullable(v.number()),
  ...hitFields,
});
export type SearchHit = v.InferOutput<typeof searchHitSchema>;

export const searchBody = v.object({
  hits: v.array(searchHitSchema),
  /** What `after` is for the next page; null: there is none. */
  next: v.nullable(v.number()),
});
export type SearchAnswer = v.InferOutput<typeof searchBody>;

/** `GET /api/conversations/:id/search?…`: by words or by a pattern, the latest first. */
export const conversationSearchQuery = v.strictObject({
  text: v.optional(typedSchema, ''),
  pattern: v.optional(typedSchema),
  flags: v.optional(v.pipe(v.string(), v.regex(/^[ims]{0,3}$/, 'flags among i, m and s')), ''),
  /** `visitor`, an agent's id, or the beginning of a name. */
  from: v.optional(typedSchema),
  since: v.optional(momentSchema),
  until: v.optional(momentSchema),
  has: v.optional(v.picklist(['file', 'image', 'link'])),
  before: v.optional(placeSchema),
});
export type ConversationSearchQuery = v.InferOutput<typeof conversationSearchQuery>;

export const conversationHitSchema = v.object(hitFields);
export type ConversationHit = v.InferOutput<typeof conversationHitSchema>;

export const conversationSearchBody = v.object({
  hits: v.array(conversationHitSchema),
  /** What `before` is to look on from there; null: the log has been looked through. */
  next: v.nullable(v.number()),
});
export type ConversationSearchAnswer = v.InferOutput<typeof conversationSearchBody>;
