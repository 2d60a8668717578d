// What may be asked of a conversation: over its sockets, and by the rest of the desk.

import * as v from 'valibot';
import {
  agentIdSchema,
  conversationIdSchema,
  departmentIdSchema,
  slugSchema,
  type AgentId,
} from '#shared/ids.ts';

/** Not empty. Its greatest length is a setting, so it is judged where settings are known. */
const textSchema = v.pipe(
  v.string(),
  v.check((text) => text.trim() !== '', 'a text that is not blank'),
);

export const COMMENT_CHARACTERS = 2000;
export const TOPIC_CHARACTERS = 200;
const TAGS_MOST = 20;

/** For colleagues; the visitor never sees it. */
const commentSchema = v.nullable(v.pipe(v.string(), v.trim(), v.maxLength(COMMENT_CHARACTERS)));

/** Judged against the catalogue of the settings by the decision. */
const tagsSchema = v.pipe(
  v.array(v.pipe(v.string(), v.maxLength(60))),
  v.maxLength(TAGS_MOST),
  v.check((tags) => new Set(tags).size === tags.length, 'tags that differ'),
);

export const conversationCommandSchema = v.variant('type', [
  /** The visitor's first message opens the conversation. */
  v.strictObject({
    type: v.literal('conversation.open'),
    departmentId: departmentIdSchema,
    text: textSchema,
    /** The visitor's last conversation, when this one follows it. */
    previousId: v.nullable(conversationIdSchema),
    /** Address of the page that he wrote from. */
    page: v.nullable(v.pipe(v.string(), v.maxLength(2000))),
    /** Whom the page asks for; served by somebody else when he is not available. */
    agentId: v.optional(v.nullable(agentIdSchema)),
  }),
  v.strictObject({ type: v.literal('message.send'), text: textSchema }),
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
  v.strictObject({ type: v.literal('conversation.hold') }),
  v.strictObject({ type: v.literal('conversation.resume') }),
  v.strictObject({
    type: v.literal('conversation.end'),
    comment: commentSchema,
    /** What it is tagged with from now on; left out: as before. */
    tags: v.optional(tagsSchema),
  }),
  /** A colleague joins, beside whoever serves. */
  v.strictObject({ type: v.literal('agent.invite'), agentId: agentIdSchema }),
  /** Who was invited leaves. */
  v.strictObject({ type: v.literal('conversation.leave') }),
  /** What is left out stays as it was. */
  v.strictObject({
    type: v.literal('details.set'),
    topic: v.optional(v.nullable(v.pipe(v.string(), v.trim(), v.maxLength(TOPIC_CHARACTERS)))),
    tags: v.optional(tagsSchema),
    /** null: the default. */
    priority: v.optional(v.nullable(slugSchema)),
    sla: v.optional(v.nullable(slugSchema)),
  }),
]);
export type ConversationCommand = v.InferOutput<typeof conversationCommandSchema>;

/** What only the desk itself asks: a department routes it to an agent. */
export type DeskCommand = { type: 'conversation.assign'; agentId: AgentId };

export type Command = ConversationCommand | DeskCommand;
export type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;
