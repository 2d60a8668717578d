// The directory of contacts: what is asked for, and what is listed.

import * as v from 'valibot';
import { agentRefSchema } from '#shared/conversation/events.ts';
import { agentIdSchema, contactIdSchema, slugSchema } from '#shared/ids.ts';
import { lineSchema } from '#shared/text-schema.ts';
import { contactEmailSchema, contactNameSchema } from './contact.ts';

export const CONTACT_SORTS = ['name', 'last-message', 'created'] as const;
export type ContactSort = (typeof CONTACT_SORTS)[number];
export const DIRECTIONS = ['ascending', 'descending'] as const;

const SEARCH_CHARACTERS = 100;
const yesOrNo = v.picklist(['yes', 'no']);
const time = v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'epoch milliseconds'), v.transform(Number));

/** What is left out does not narrow the list. Of two times, the first is in the span and the second is not. */
const filterEntries = {
  /** Beginnings of words of the name or of an e-mail address, parts of a phone number. */
  search: v.optional(v.pipe(lineSchema, v.maxLength(SEARCH_CHARACTERS))),
  manager: v.optional(v.union([v.literal('none'), agentIdSchema])),
  blocked: v.optional(yesOrNo),
  channel: v.optional(slugSchema),
  email: v.optional(yesOrNo),
  createdFrom: v.optional(time),
  createdTo: v.optional(time),
  lastMessageFrom: v.optional(time),
  lastMessageTo: v.optional(time),
};

/** `GET /api/contacts/export?…` */
export const contactFilterSchema = v.strictObject(filterEntries);
export type ContactFilter = v.InferOutput<typeof contactFilterSchema>;

/** `GET /api/contacts?…` */
export const contactQuerySchema = v.strictObject({
  ...filterEntries,
  sort: v.optional(v.picklist(CONTACT_SORTS), 'name'),
  direction: v.optional(v.picklist(DIRECTIONS), 'ascending'),
  /** The page after, or before, the one that ended, or began, with this contact. */
  after: v.optional(contactIdSchema),
  before: v.optional(contactIdSchema),
});
export type ContactQuery = v.InferOutput<typeof contactQuerySchema>;

/** A contact as a line of the directory. */
export const contactLineSchema = v.object({
  contactId: contactIdSchema,
  name: v.string(),
  /** The first of them; a verified one before others. */
  email: v.nullable(v.string()),
  phone: v.nullable(v.string()),
  manager: v.nullable(agentRefSchema),
  isBlocked: v.boolean(),
  createdAt: v.number(),
  /** null: they never wrote. */
  lastMessageAt: v.nullable(v.number()),
});
export type ContactLine = v.InferOutput<typeof contactLineSchema>;

export const contactListBody = v.object({
  contacts: v.array(contactLineSchema),
  /** What `before` and `after` are for the pages beside it; null: there is none. */
  previous: v.nullable(contactIdSchema),
  next: v.nullable(contactIdSchema),
  /** Who is the manager of any contact. */
  managers: v.array(agentRefSchema),
});
export type ContactList = v.InferOutput<typeof contactListBody>;

const PHONE_CHARACTERS = 40;

/** `POST /api/contacts`. Its id is minted by the client; a retry carries the same one. */
export const newContactBody = v.strictObject({
  contactId: contactIdSchema,
  name: contactNameSchema,
  email: v.nullable(contactEmailSchema),
  /** As it is written. */
  phone: v.nullable(v.pipe(lineSchema, v.maxLength(PHONE_CHARACTERS))),
});
export type NewContact = v.InferOutput<typeof newContactBody>;
