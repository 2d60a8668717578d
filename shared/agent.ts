// An agent: their availability, and the slots that their conversations take. Their workspace tabs see it live.

import * as v from 'valibot';
import { alertSchema } from './alerts/alert.ts';
import { alertPreferencesSchema } from './alerts/preferences.ts';
import { AVAILABILITIES } from './department.ts';
import { directChatSummarySchema, withChat } from './direct-chat/summary.ts';
import {
  agentIdSchema,
  conversationIdSchema,
  departmentIdSchema,
  type ConversationId,
} from './ids.ts';
import { internalPlaceSchema, notesIn, type InternalPlace } from './internal-drafts.ts';
import { mentionSchema } from './mention.ts';
import { PERMISSIONS } from './permissions.ts';
import { isBlank } from './text.ts';
import { textSchema } from './text-schema.ts';

/** Why an agent is away who has done nothing for a while; other reasons are of the settings. */
export const IDLE = 'idle';
const REASON_CHARACTERS = 60;

/** Of a draft that the server keeps. */
export const DRAFT_CHARACTERS = 20_000;

/** `on-hold` does not count towards the limit; `helping`, to which they were invited, only if the settings say so. */
export const SLOT_KINDS = ['serving', 'on-hold', 'helping'] as const;
export type SlotKind = (typeof SLOT_KINDS)[number];

const slotSchema = v.object({
  conversationId: conversationIdSchema,
  as: v.picklist(SLOT_KINDS),
});
export type Slot = v.InferOutput<typeof slotSchema>;

export const agentCommandSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('availability.set'),
    availability: v.picklist(AVAILABILITIES),
    /** Why they are away: {@link IDLE}, or one of the settings. Another one is dropped. */
    reason: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(REASON_CHARACTERS)))),
  }),
  /** What was begun in a conversation, for the agent's other tabs and devices. Blank: nothing. */
  v.strictObject({
    type: v.literal('draft.keep'),
    conversationId: conversationIdSchema,
    text: v.pipe(textSchema, v.maxLength(DRAFT_CHARACTERS)),
  }),
  /** How the agent wants to hear of what needs them. */
  v.strictObject({ type: v.literal('alerts.set'), preferences: alertPreferencesSchema }),
  /** No tab shows what has called in one of them. */
  v.strictObject({
    type: v.literal('alert.unseen'),
    conversationId: conversationIdSchema,
    departmentId: departmentIdSchema,
    seq: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  /** A tab shows it. */
  v.strictObject({
    type: v.literal('alert.seen'),
    about: v.pipe(v.string(), v.maxLength(200)),
    seq: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  /** The same of what no visitor reads: a note, a direct message. */
  v.strictObject({
    type: v.literal('internal-draft.keep'),
    place: internalPlaceSchema,
    text: v.pipe(textSchema, v.maxLength(DRAFT_CHARACTERS)),
  }),
  /** The agent has opened the conversation in which a note mentions them. */
  v.strictObject({ type: v.literal('mention.see'), conversationId: conversationIdSchema }),
]);
export type AgentCommand = v.InferOutput<typeof agentCommandSchema>;

export const agentEventSchema = v.variant('type', [
  v.object({
    type: v.literal('availability.changed'),
    availability: v.picklist(AVAILABILITIES),
    awayReason: v.optional(v.nullable(v.string())),
  }),
  v.object({ type: v.literal('slot.held'), ...slotSchema.entries }),
  v.object({ type: v.literal('slot.released'), conversationId: conversationIdSchema }),
  v.object({
    type: v.literal('draft.kept'),
    conversationId: conversationIdSchema,
    text: v.string(),
  }),
  v.object({ type: v.literal('alerts.changed'), preferences: alertPreferencesSchema }),
  /** Something needs the agent that no other stream of theirs tells of. */
  v.object({ type: v.literal('alert.raised'), alert: alertSchema }),
  v.object({
    type: v.literal('internal-draft.kept'),
    place: internalPlaceSchema,
    text: v.string(),
  }),
  /** Somebody has written there, or the agent has read it. */
  v.object({ type: v.literal('direct-chat.changed'), ...directChatSummarySchema.entries }),
  v.object({ type: v.literal('mention.added'), ...mentionSchema.entries }),
  v.object({ type: v.literal('mention.seen'), conversationId: conversationIdSchema }),
]);
export type AgentEvent = v.InferOutput<typeof agentEventSchema>;

/** What the Worker lets an agent do, as it was looked up when a socket opened. */
const accessSchema = v.object({
  departments: v.array(departmentIdSchema),
  permissions: v.array(v.picklist(PERMISSIONS)),
  maxConversations: v.nullable(v.number()),
});
export type Access = v.InferOutput<typeof accessSchema>;

export const agentStateSchema = v.object({
  agentId: agentIdSchema,
  availability: v.picklist(AVAILABILITIES),
  /** null: they have not said why. */
  awayReason: v.optional(v.nullable(v.string())),
  /** Their conversations, in the order in which they got them. */
  slots: v.array(slotSchema),
  /** By conversation; a blank one is not there. */
  drafts: v.record(conversationIdSchema, v.string()),
  /** Not there in what an earlier release sends. */
  alerts: v.optional(alertPreferencesSchema),
  /** By place; a blank one is not there. */
  internalDrafts: v.optional(v.record(internalPlaceSchema, v.string()), {}),
  /** The latest first. */
  directChats: v.optional(v.array(directChatSummarySchema), []),
  /** Notes that mention them, in conversations that they have not opened since, the latest last. */
  mentions: v.optional(v.array(mentionSchema), []),
  /** Told by a welcome: of the socket that it comes by. */
  access: v.optional(accessSchema),
});
export type AgentState = v.InferOutput<typeof agentStateSchema>;

export function evolveAgent(state: AgentState, event: AgentEvent): AgentState {
  switch (event.type) {
    case 'availability.changed':
      return {
        ...state,
        availability: event.availability,
        awayReason: event.awayReason ?? null,
      };
    case 'slot.held':
      return { ...state, slots: slotted(state.slots, event) };
    case 'slot.released':
      return {
        ...state,
        slots: state.slots.filter(({ conversationId }) => conversationId !== event.conversationId),
        drafts: withDraft(state.drafts, event.conversationId, ''),
        internalDrafts: withDraft(state.internalDrafts, notesIn(event.conversationId), ''),
      };
    case 'draft.kept':
      return { ...state, drafts: withDraft(state.drafts, event.conversationId, event.text) };
    case 'alerts.changed':
      return { ...state, alerts: event.preferences };
    case 'alert.raised':
      return state;
    case 'internal-draft.kept': {
      const { place, text } = event;
      return { ...state, internalDrafts: withDraft(state.internalDrafts, place, text) };
    }
    case 'direct-chat.changed': {
      const { type: _, ...chat } = event;
      return { ...state, directChats: withChat(state.directChats, chat) };
    }
    case 'mention.added': {
      const { type: _, ...mention } = event;
      return { ...state, mentions: [...mentionsBut(state, mention.conversationId), mention] };
    }
    case 'mention.seen':
      return { ...state, mentions: mentionsBut(state, event.conversationId) };
  }
}

/** Keeps its slot in the order when only its kind changes. */
function slotted(slots: readonly Slot[], { conversationId, as }: Slot): Slot[] {
  const isKnown = slots.some((slot) => slot.conversationId === conversationId);
  if (!isKnown) return [...slots, { conversationId, as }];
  return slots.map((slot) => (slot.conversationId === conversationId ? { ...slot, as } : slot));
}

/** Whether the same is allowed. */
export const isSameAccess = (one: Access, other: Access): boolean => textOf(one) === textOf(other);

const textOf = ({ departments, permissions, maxConversations }: Access): string =>
  JSON.stringify([departments, permissions, maxConversations]);

const mentionsBut = ({ mentions }: AgentState, id: ConversationId): AgentState['mentions'] =>
  mentions.filter(({ conversationId }) => conversationId !== id);

/** A blank draft is none. */
export function withDraft<Key extends ConversationId | InternalPlace>(
  drafts: Readonly<Record<Key, string>>,
  key: Key,
  text: string,
): Record<Key, string> {
  const kept = { ...drafts, [key]: text };
  if (isBlank(text)) delete kept[key];
  return kept;
}
