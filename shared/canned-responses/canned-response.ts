// Canned responses: texts that agents keep to answer with, what they are found by, and who they are for. Bodies of
// their HTTP routes, requests and answers.

import * as v from 'valibot';
import { agentIdSchema, cannedResponseIdSchema, departmentIdSchema } from '#shared/ids.ts';
import { refusalSchema } from '#shared/refusals.ts';
import { lineSchema, notBlank, textSchema } from '#shared/text-schema.ts';

export const SHORTCUT_CHARACTERS = 40;
const TAGS_AT_MOST = 20;
const TAG_CHARACTERS = 100;

/** As many as an agent has for themselves, as a department has, and as are public. */
export const CANNED_RESPONSES_AT_MOST = 1_000;

/** What is typed after the `!`. Small letters, so that no two differ by those alone. */
export const shortcutSchema = v.pipe(
  lineSchema,
  v.transform((text) => text.normalize('NFC').toLowerCase().replace(/^!/, '')),
  v.regex(
    /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}._-]*$/u,
    'letters, digits, dots, dashes and underscores',
  ),
  v.maxLength(SHORTCUT_CHARACTERS, `${SHORTCUT_CHARACTERS} characters at most`),
);

export const SCOPES = ['private', 'department', 'public'] as const;
export type Scope = (typeof SCOPES)[number];

const departmentScope = v.strictObject({
  kind: v.literal('department'),
  departmentId: departmentIdSchema,
});
const publicScope = v.strictObject({ kind: v.literal('public') });

/** Who a response is for, as its author says it: a private one is the author's own. */
const wantedScopeSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('private') }),
  departmentScope,
  publicScope,
]);

const cannedScopeSchema = v.variant('kind', [
  v.object({ kind: v.literal('private'), agentId: agentIdSchema, agentName: v.string() }),
  v.object(departmentScope.entries),
  v.object(publicScope.entries),
]);
export type CannedScope = v.InferOutput<typeof cannedScopeSchema>;

/** `POST /api/canned-responses`, and a row of `POST /api/canned-responses/import` */
export const newCannedResponseBody = v.strictObject({
  shortcut: shortcutSchema,
  /** Its greatest length is a setting, as a message's is. */
  text: v.pipe(textSchema, v.trim(), notBlank('a text')),
  /** What a conversation in which it is used is tagged with, of those that the settings know. */
  tags: v.pipe(
    v.array(v.pipe(lineSchema, notBlank('a tag'), v.maxLength(TAG_CHARACTERS))),
    v.maxLength(TAGS_AT_MOST, `${TAGS_AT_MOST} tags at most`),
  ),
  scope: wantedScopeSchema,
});
export type NewCannedResponse = v.InferOutput<typeof newCannedResponseBody>;

/** `PUT /api/canned-responses/:id` */
export const changedCannedResponseBody = v.strictObject({
  ...newCannedResponseBody.entries,
  /** Of the response as the author has read it: what a colleague has changed since is not overwritten. */
  revision: v.number(),
});

export const cannedResponseBody = v.object({
  id: cannedResponseIdSchema,
  shortcut: v.string(),
  text: v.string(),
  tags: v.array(v.string()),
  scope: cannedScopeSchema,
  /** Higher with each change. */
  revision: v.number(),
});
export type CannedResponse = v.InferOutput<typeof cannedResponseBody>;

/** `GET /api/canned-responses?version=…`: all that the agent may see, by shortcut. 204: `version` is still theirs. */
export const cannedResponsesBody = v.object({
  /** What the query takes the next time. */
  version: v.string(),
  responses: v.array(cannedResponseBody),
});
export type CannedResponses = v.InferOutput<typeof cannedResponsesBody>;

/** As many rows as one request brings. */
export const IMPORTED_AT_ONCE = 50;

/** `POST /api/canned-responses/import` */
export const importBody = v.strictObject({
  /** Only says what would become of the rows. */
  isDryRun: v.optional(v.boolean(), false),
  responses: v.pipe(v.array(newCannedResponseBody), v.maxLength(IMPORTED_AT_ONCE)),
});

export const importAnswer = v.object({
  /** What became of each row, in their order. */
  rows: v.array(
    v.object({
      outcome: v.picklist(['created', 'updated', 'unchanged', 'refused']),
      /** Why it was refused; else null. */
      refusal: v.nullable(refusalSchema),
    }),
  ),
});
export type ImportAnswer = v.InferOutput<typeof importAnswer>;

/** `GET /api/conversations/:id/placeholders`: where the contact can be reached. */
export const placeholdersBody = v.object({
  email: v.nullable(v.string()),
  phone: v.nullable(v.string()),
});
export type ContactPlaceholders = v.InferOutput<typeof placeholdersBody>;
