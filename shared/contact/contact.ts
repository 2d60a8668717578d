// The stored record of a person, as the workspace shows and changes it.

import * as v from 'valibot';
import { EMAIL, EMAIL_CHARACTERS, NAME_CHARACTERS } from '#shared/api.ts';
import { conversationSummarySchema } from '#shared/conversation/summary.ts';
import { agentRefSchema } from '#shared/conversation/events.ts';
import { fieldChangesSchema, fieldValuesSchema } from '#shared/custom-fields.ts';
import { agentIdSchema, contactIdSchema } from '#shared/ids.ts';
import { lineSchema, notBlank } from '#shared/text-schema.ts';

/** E-mail addresses, or phone numbers, that one contact may have. */
export const ADDRESSES_MOST = 10;
const PHONE_CHARACTERS = 40;

const addressSchema = v.object({
  value: v.string(),
  /** Proven by a signed token or by the platform, not typed into a form. */
  isVerified: v.boolean(),
});

/** `GET /api/contacts/:id` */
export const contactBody = v.object({
  contactId: contactIdSchema,
  name: v.string(),
  emails: v.array(addressSchema),
  /** In E.164. */
  phones: v.array(addressSchema),
  /** The names of the channels by which they write. */
  channels: v.array(v.string()),
  createdAt: v.number(),
  /** As the index of conversations knows it; null: none. */
  lastMessageAt: v.nullable(v.number()),
  /** The contact manager, who serves them when they are there. */
  manager: v.nullable(agentRefSchema),
  /** Of the settings, by the field's id. */
  customFields: fieldValuesSchema,
  blocked: v.nullable(v.object({ at: v.number(), by: v.string() })),
});
export type Contact = v.InferOutput<typeof contactBody>;

const distinct = <T>(items: readonly T[]): boolean => new Set(items).size === items.length;

export const contactNameSchema = v.pipe(
  lineSchema,
  notBlank('a name'),
  v.maxLength(NAME_CHARACTERS),
);

export const contactEmailSchema = v.pipe(
  lineSchema,
  v.toLowerCase(),
  v.regex(EMAIL, 'an e-mail address'),
  v.maxLength(EMAIL_CHARACTERS),
);

/** `PATCH /api/contacts/:id`: what is left out stays as it was. */
export const contactChanges = v.strictObject({
  name: v.optional(contactNameSchema),
  /** All of them; a verified one stays in any case. */
  emails: v.optional(
    v.pipe(
      v.array(contactEmailSchema),
      v.maxLength(ADDRESSES_MOST),
      v.check(distinct, 'addresses that differ'),
    ),
  ),
  /** All of them, as they are written; a verified one stays in any case. */
  phones: v.optional(
    v.pipe(v.array(v.pipe(lineSchema, v.maxLength(PHONE_CHARACTERS))), v.maxLength(ADDRESSES_MOST)),
  ),
  /** null: any agent may serve them. */
  managerId: v.optional(v.nullable(agentIdSchema)),
  /** Of the settings, by the field's id; null takes a value away. */
  customFields: v.optional(fieldChangesSchema),
});
export type ContactChanges = v.InferOutput<typeof contactChanges>;

/** What may happen to a contact. */
export const CONTACT_CHANGE_KINDS = [
  'edited',
  'blocked',
  'unblocked',
  'merged',
  'unmerged',
] as const;

const changedFieldSchema = v.object({
  field: v.string(),
  before: v.array(v.string()),
  after: v.array(v.string()),
});
export type ChangedField = v.InferOutput<typeof changedFieldSchema>;

export const contactChangeSchema = v.object({
  at: v.number(),
  kind: v.picklist(CONTACT_CHANGE_KINDS),
  /** The name that was true then. */
  by: agentRefSchema,
  fields: v.array(changedFieldSchema),
});
export type ContactChange = v.InferOutput<typeof contactChangeSchema>;

/** `GET /api/contacts/:id/changes?after=…`: the latest first. */
export const contactChangesBody = v.object({
  changes: v.array(contactChangeSchema),
  /** What `after` is for the next page; null: there is none. */
  next: v.nullable(v.string()),
});
export type ContactChangesPage = v.InferOutput<typeof contactChangesBody>;

export const pastConversationSchema = v.object({
  ...conversationSummarySchema.entries,
  channel: v.string(),
  tags: v.array(v.string()),
  /** What the agent who ended it wrote about it. */
  comment: v.nullable(v.string()),
});
export type PastConversation = v.InferOutput<typeof pastConversationSchema>;

/** `GET /api/contacts/:id/conversations?after=…`: those that the agent may see, the latest first. */
export const pastConversationsBody = v.object({
  conversations: v.array(pastConversationSchema),
  /** What `after` is for the next page; null: there is none. */
  next: v.nullable(v.string()),
});
export type PastConversations = v.InferOutput<typeof pastConversationsBody>;
