// What may be asked of a conversation: by people over its sockets, by platforms and programs, and by Parley
// itself.

import * as v from 'valibot';
import { fieldChangesSchema } from '#shared/custom-fields.ts';
import {
  agentIdSchema,
  conversationIdSchema,
  departmentIdSchema,
  slugSchema,
  type AgentId,
  type ContactId,
  type ConversationId,
  type DepartmentId,
  type VisitorId,
} from '#shared/ids.ts';
import { pageAddress } from '#shared/page-address.ts';
import { isBlank } from '#shared/text.ts';
import { lineSchema, textSchema } from '#shared/text-schema.ts';
import { sendableBodySchema, type MessageBody } from './body.ts';
import type { VisitorRef } from './events.ts';

export const COMMENT_CHARACTERS = 2000;
export const TOPIC_CHARACTERS = 200;
const TAGS_MOST = 20;
const MENTIONS_MOST = 20;

/** For colleagues; the visitor never sees it. A blank one is none. */
const commentSchema = v.nullable(
  v.pipe(
    textSchema,
    v.trim(),
    v.maxLength(COMMENT_CHARACTERS),
    v.transform((text) => (isBlank(text) ? null : text)),
  ),
);

/** Judged against the catalogue of the settings by the decision. */
const tagsSchema = v.pipe(
  v.array(v.pipe(v.string(), v.maxLength(60))),
  v.maxLength(TAGS_MOST),
  v.check((tags) => new Set(tags).size === tags.length, 'tags that differ'),
);

const LANGUAGE_TAG = /^[a-z]{2,8}(-[a-z\d]{1,8}){0,7}$/i;

/** A BCP 47 language tag. Some systems have browsers name other things, which nobody is turned away for. */
const localeSchema = v.pipe(
  v.string(),
  v.transform((tag) => (tag.length <= 35 && LANGUAGE_TAG.test(tag) ? tag : null)),
);

const TIME_ZONE = /^[a-z]+([+/_-]?[a-z\d]+)*$/i;

/** As in the IANA database. What is none is dropped: nobody is turned away for it. */
const timeZoneSchema = v.pipe(
  v.string(),
  v.transform((name) => (name.length <= 60 && TIME_ZONE.test(name) ? name : null)),
);

/** The last moment that a date can name. */
const LAST_MOMENT = 8.64e15;

const messageSeqSchema = v.pipe(v.number(), v.integer(), v.minValue(1));

/** What may be asked of messages, wherever people talk. */
export const sendSchema = v.strictObject({
  type: v.literal('message.send'),
  body: sendableBodySchema,
  /** The `seq` of the message that it answers. */
  replyTo: v.optional(messageSeqSchema),
});
export const editSchema = v.strictObject({
  type: v.literal('message.edit'),
  /** The `seq` of the message. */
  message: messageSeqSchema,
  body: sendableBodySchema,
});
export const deleteSchema = v.strictObject({
  type: v.literal('message.delete'),
  /** The `seq` of the message. */
  message: messageSeqSchema,
});
/** What is asked about a message that is there. */
export type Amending = v.InferOutput<typeof editSchema> | v.InferOutput<typeof deleteSchema>;

export const conversationCommandSchema = v.variant('type', [
  // First, since it comes most often.
  sendSchema,
  /** The author of a message puts another text in its place. */
  editSchema,
  deleteSchema,
  /** The visitor's first message opens the conversation. */
  v.strictObject({
    type: v.literal('conversation.open'),
    departmentId: departmentIdSchema,
    body: sendableBodySchema,
    /** The visitor's last conversation, when this one follows it. */
    previousId: v.nullable(conversationIdSchema),
    /** Address of the page that they wrote from. */
    page: v.nullable(v.pipe(v.string(), v.transform(pageAddress))),
    /** The visitor's language, as a BCP 47 tag. */
    locale: v.nullable(localeSchema),
    /** The page that led them to the site. */
    referrer: v.optional(v.nullable(v.pipe(v.string(), v.transform(pageAddress)))),
    timeZone: v.optional(v.nullable(timeZoneSchema)),
    /** Which agent the page asks for; another one serves when they are not available. */
    agentId: v.optional(v.nullable(agentIdSchema)),
  }),
  v.strictObject({ type: v.literal('conversation.take') }),
  /** Back to the queue of its department, for others to take. */
  v.strictObject({ type: v.literal('conversation.requeue') }),
  v.strictObject({
    type: v.literal('conversation.forward'),
    to: v.variant('kind', [
      v.strictObject({ kind: v.literal('agent'), agentId: agentIdSchema }),
      v.strictObject({ kind: v.literal('department'), departmentId: departmentIdSchema }),
    ]),
    comment: commentSchema,
  }),
  v.strictObject({
    type: v.literal('conversation.hold'),
    /** When it resumes by itself, in epoch milliseconds; left out: when the visitor writes. */
    until: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LAST_MOMENT))),
  }),
  v.strictObject({ type: v.literal('conversation.resume') }),
  v.strictObject({
    type: v.literal('conversation.end'),
    comment: commentSchema,
    /** What it is tagged with from now on; left out: as before. */
    tags: v.optional(tagsSchema),
  }),
  /** A colleague joins the agent who serves. */
  v.strictObject({ type: v.literal('agent.invite'), agentId: agentIdSchema }),
  /** A note for agents, which calls the colleagues whom it mentions. */
  v.strictObject({
    type: v.literal('note.add'),
    body: sendableBodySchema,
    mentions: v.pipe(v.array(agentIdSchema), v.maxLength(MENTIONS_MOST)),
  }),
  /** An invited colleague leaves. */
  v.strictObject({ type: v.literal('conversation.leave') }),
  /** What is left out stays as it was. */
  v.strictObject({
    type: v.literal('details.set'),
    topic: v.optional(v.nullable(v.pipe(lineSchema, v.maxLength(TOPIC_CHARACTERS)))),
    tags: v.optional(tagsSchema),
    /** null: the default. */
    priority: v.optional(v.nullable(slugSchema)),
    sla: v.optional(v.nullable(slugSchema)),
    /** The workspace's own fields; null takes a value away. */
    fields: v.optional(fieldChangesSchema),
  }),
  /** After the end: what its department asks for, where nobody could say it at the end. */
  v.strictObject({
    type: v.literal('conversation.wrap-up'),
    comment: commentSchema,
    tags: v.optional(tagsSchema),
  }),
]);
export type ConversationCommand = v.InferOutput<typeof conversationCommandSchema>;

export type CommandOf<T extends ConversationCommand['type']> = Extract<
  ConversationCommand,
  { type: T }
>;

/**
 * An agent writes again to whom they served: asked by a route, which has looked up whom. No socket takes it, so that no
 * agent can say it of a visitor whose conversations they may not read.
 */
export interface BeginCommand {
  readonly type: 'conversation.begin';
  /** The one that has ended. */
  readonly previousId: ConversationId;
  readonly departmentId: DepartmentId;
  readonly visitor: VisitorRef;
  readonly contactId: ContactId;
  readonly channel: string;
  readonly locale: string | null;
  readonly body: MessageBody;
}

/** What Parley itself asks. */
export type SystemCommand =
  /** Its department routes it to an agent. */
  | { type: 'conversation.assign'; agentId: AgentId }
  /** What it waited for has not come in time. */
  | { type: 'conversation.expire' }
  /** An operator ends what waits. */
  | { type: 'conversation.dismiss' }
  /** The agent counts as offline now. `forGood`: their account is gone. */
  | { type: 'agent.went-offline'; agentId: AgentId; forGood: boolean }
  /** Its agent was told on all their devices, and has not seen it. @param seq of the message that they were told of */
  | { type: 'alert.escalate'; agentId: AgentId; seq: number }
  /** The contact has this name from now on. */
  | { type: 'contact.rename'; name: string }
  /** The contact is blocked, and should not have got in. */
  | { type: 'contact.turn-away' }
  /** After its end, the same visitor's next one has begun. */
  | { type: 'conversation.continue'; nextId: ConversationId; visitorId: VisitorId };

export type Command = ConversationCommand | BeginCommand | SystemCommand;

const SYSTEM_COMMANDS = {
  'conversation.assign': true,
  'conversation.expire': true,
  'conversation.dismiss': true,
  'agent.went-offline': true,
  'alert.escalate': true,
  'contact.rename': true,
  'contact.turn-away': true,
  'conversation.continue': true,
} as const satisfies Record<SystemCommand['type'], true>;

export const isSystemCommand = (command: Command): command is SystemCommand =>
  command.type in SYSTEM_COMMANDS;
