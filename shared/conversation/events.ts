// What happens to a conversation, and who hears of it. Events are kept forever, so a shape here is never
// changed, only added to.

import * as v from 'valibot';
import { fieldValuesSchema } from '#shared/custom-fields.ts';
import { deviceSchema, type Audience } from '#shared/identity.ts';
import {
  agentIdSchema,
  contactIdSchema,
  conversationIdSchema,
  departmentIdSchema,
  visitorIdSchema,
} from '#shared/ids.ts';
import { bodySchema } from './body.ts';
import {
  envelope,
  messageDeletedSchema,
  messageEditedSchema,
  messageSentSchema,
} from './message-events.ts';

export const visitorRefSchema = v.object({ id: visitorIdSchema, name: v.string() });
export const agentRefSchema = v.object({ id: agentIdSchema, name: v.string() });
export type VisitorRef = v.InferOutput<typeof visitorRefSchema>;
export type AgentRef = v.InferOutput<typeof agentRefSchema>;

/** The channel of the widget. */
export const LIVECHAT = 'livechat';

/** Why a conversation went back to the queue. */
const REQUEUED = ['moved', 'resumed', 'unanswered', 'agent-gone'] as const;

/** Why a conversation ended by itself. */
const ENDED = [
  'waited-too-long',
  'held-too-long',
  'visitor-silent',
  'agent-gone',
  'blocked',
] as const;
export type EndedBecause = (typeof ENDED)[number];

export const detailsSchema = v.object({
  topic: v.nullable(v.string()),
  tags: v.array(v.string()),
  /** Of the settings; null: the default. */
  priority: v.nullable(v.string()),
  /** Of the settings; null: nothing is promised. */
  sla: v.nullable(v.string()),
  /** The workspace's own fields of conversations. */
  fields: fieldValuesSchema,
});
/** What agents note about a conversation. */
export type Details = v.InferOutput<typeof detailsSchema>;

export const NO_DETAILS: Details = { topic: null, tags: [], priority: null, sla: null, fields: {} };

/** What is left out stays as it was. */
const detailsChangeEntries = {
  topic: v.optional(detailsSchema.entries.topic),
  tags: v.optional(detailsSchema.entries.tags),
  priority: v.optional(detailsSchema.entries.priority),
  sla: v.optional(detailsSchema.entries.sla),
  /** null: the value was taken away. */
  fields: v.optional(v.record(v.string(), v.nullable(v.string()))),
};
export type DetailsChange = v.InferOutput<v.ObjectSchema<typeof detailsChangeEntries, undefined>>;

export const clientSchema = v.object({
  /** The page that led to the site; null: none, or the browser does not tell. */
  referrer: v.nullable(v.string()),
  /** As in the IANA database. */
  timeZone: v.nullable(v.string()),
  device: v.nullable(deviceSchema),
});
/** What is known of the browser that the visitor opened it with. */
export type Client = v.InferOutput<typeof clientSchema>;

export const conversationEventSchema = v.variant('type', [
  // First, since it comes most often.
  messageSentSchema,
  messageEditedSchema,
  messageDeletedSchema,
  v.object({
    ...envelope,
    type: v.literal('conversation.opened'),
    visitor: visitorRefSchema,
    /** Whose queue it enters. */
    departmentId: departmentIdSchema,
    previousId: v.nullable(conversationIdSchema),
    page: v.nullable(v.string()),
    /** Which agent the page asked for. */
    wanted: v.nullable(agentIdSchema),
    /** How the visitor writes: {@link LIVECHAT}, or the name of a messaging platform. */
    channel: v.string(),
    /** The visitor's language, as a BCP 47 tag. */
    locale: v.nullable(v.string()),
    /** The record of the visitor at that time. */
    contactId: contactIdSchema,
    client: v.optional(clientSchema),
  }),
  v.object({ ...envelope, type: v.literal('conversation.taken'), agent: agentRefSchema }),
  v.object({
    ...envelope,
    type: v.literal('conversation.requeued'),
    because: v.picklist(REQUEUED),
  }),
  v.object({
    ...envelope,
    type: v.literal('conversation.forwarded'),
    /** Whose it is from now on. */
    departmentId: departmentIdSchema,
    /** Who serves from now on; null: it waits in the department's queue. */
    agent: v.nullable(agentRefSchema),
  }),
  v.object({
    ...envelope,
    type: v.literal('conversation.held'),
    /** When it resumes by itself, in epoch milliseconds; left out: when the visitor writes. */
    until: v.optional(v.number()),
  }),
  v.object({ ...envelope, type: v.literal('conversation.resumed') }),
  v.object({ ...envelope, type: v.literal('agent.joined'), agent: agentRefSchema }),
  v.object({ ...envelope, type: v.literal('agent.left'), agent: agentRefSchema }),
  v.object({ ...envelope, type: v.literal('details.changed'), ...detailsChangeEntries }),
  /** Fields that the visitor may see, as they are from now on. */
  v.object({
    ...envelope,
    type: v.literal('fields.shown'),
    fields: v.array(v.object({ name: v.string(), value: v.nullable(v.string()) })),
  }),
  v.object({
    ...envelope,
    type: v.literal('conversation.ended'),
    /** When it ended by itself: why, and what the visitor reads of it. */
    because: v.optional(v.picklist(ENDED)),
    message: v.optional(v.string()),
  }),
  v.object({ ...envelope, type: v.literal('comment.added'), text: v.string() }),
  /** Its agent did not see what they were called to: others of the department were told. */
  v.object({
    ...envelope,
    type: v.literal('alert.escalated'),
    agent: agentRefSchema,
    to: v.picklist(['colleague', 'department']),
  }),
  v.object({
    ...envelope,
    type: v.literal('note.added'),
    body: bodySchema,
    /** Colleagues whom it calls, and who may read the conversation from then on. */
    mentions: v.array(agentIdSchema),
  }),
  /** The name that the contact has from now on, for agents. */
  v.object({ ...envelope, type: v.literal('contact.renamed'), name: v.string() }),
  /** After its end: the same visitor's next conversation. */
  v.object({
    ...envelope,
    type: v.literal('conversation.continued'),
    nextId: conversationIdSchema,
  }),
  /** Its visitor waits, and what was promised is almost broken. */
  v.object({ ...envelope, type: v.literal('sla.warned'), sla: v.string(), dueAt: v.number() }),
]);
export type ConversationEvent = v.InferOutput<typeof conversationEventSchema>;
export type ConversationEventType = ConversationEvent['type'];
/** What agents write to each other beside the conversation. */
export type NoteAdded = Extract<ConversationEvent, { type: 'note.added' }>;

export type WithoutEnvelope<E> = E extends unknown ? Omit<E, keyof typeof envelope> : never;
/** What a decision yields; the log adds the envelope. */
export type NewEvent = WithoutEnvelope<ConversationEvent>;

const AUDIENCES = {
  'conversation.opened': 'everyone',
  'conversation.taken': 'everyone',
  'message.sent': 'everyone',
  'message.edited': 'everyone',
  'message.deleted': 'everyone',
  'conversation.requeued': 'everyone',
  'conversation.forwarded': 'everyone',
  // To the visitor a held conversation is served as before: it resumes as soon as they write.
  'conversation.held': 'agents',
  'conversation.resumed': 'agents',
  'agent.joined': 'everyone',
  'agent.left': 'everyone',
  'details.changed': 'agents',
  'fields.shown': 'everyone',
  'conversation.ended': 'everyone',
  'comment.added': 'agents',
  'alert.escalated': 'agents',
  'note.added': 'agents',
  'contact.renamed': 'agents',
  'conversation.continued': 'everyone',
  'sla.warned': 'agents',
} as const satisfies Record<ConversationEventType, Audience>;

export function mayHear(audience: Audience, event: ConversationEvent): boolean {
  return audience === 'agents' || AUDIENCES[event.type] === 'everyone';
}
