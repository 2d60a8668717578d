// Who else must learn of a conversation's events. Pure. An effect says only whom it concerns: what they are told is
// read from the state when it is delivered.

import * as v from 'valibot';
import type { SlotKind } from '#shared/agent.ts';
import { arrivalIn } from '#shared/alerts/cause.ts';
import type {
  ConversationEvent,
  ConversationEventType,
  NoteAdded,
} from '#shared/conversation/events.ts';
import type { ConversationState, OpenedConversation } from '#shared/conversation/state.ts';
import { promisedSince } from '#shared/conversation/timing.ts';
import { agentIdSchema, departmentIdSchema, type AgentId } from '#shared/ids.ts';

const effectSchema = v.variant('to', [
  /** The department in whose queue it waits. `isNew`: it has just opened. */
  v.object({
    to: v.literal('queue'),
    departmentId: departmentIdSchema,
    isNew: v.optional(v.boolean(), false),
  }),
  /** A department in whose queue it waited until `seq`. */
  v.object({ to: v.literal('queue-exit'), departmentId: departmentIdSchema, seq: v.number() }),
  /** An agent whose slot for it has changed with the event of this `seq`. `call`: somebody else gave it to them. */
  v.object({
    to: v.literal('slot'),
    agentId: agentIdSchema,
    seq: v.number(),
    call: v.optional(v.picklist(['assigned', 'invited'])),
  }),
  /** Agents of the department: because the one who serves has not seen what they were called to, or none does yet. */
  v.object({
    to: v.literal('colleagues'),
    departmentId: departmentIdSchema,
    except: v.nullable(agentIdSchema),
    which: v.picklist(['colleague', 'department']),
    reason: v.optional(v.picklist(['unanswered', 'sla']), 'unanswered'),
  }),
  /** The agent who serves, because a promised reply is almost late. */
  v.object({ to: v.literal('call'), agentId: agentIdSchema }),
  /** The visitor's contact, once it has opened. */
  v.object({ to: v.literal('contact') }),
  /** A colleague whom the note of this `seq` mentions. */
  v.object({ to: v.literal('mention'), agentId: agentIdSchema, seq: v.number() }),
  /** The visitor's conversation before this one. */
  v.object({ to: v.literal('previous') }),
  /** What is derived from the log. */
  v.object({ to: v.literal('projections') }),
]);
export type ConversationEffect = v.InferOutput<typeof effectSchema>;

/** Effects that earlier versions have stored say more than is read here, and two had other names. */
const FORMER_NAMES: Record<string, string> = { place: 'slot', index: 'projections' };
const storedSchema = v.pipe(
  v.looseObject({ to: v.string() }),
  v.transform((stored) => ({ ...stored, to: FORMER_NAMES[stored.to] ?? stored.to })),
  effectSchema,
);
export const readEffect = (stored: unknown): ConversationEffect => v.parse(storedSchema, stored);

/** Whether projections read an event as soon as it is stored; they read the others along with the next such one. */
const IS_PROJECTED_AT_ONCE = {
  'conversation.opened': true,
  'conversation.taken': true,
  'message.sent': false,
  // Nobody is to find what was taken back.
  'message.edited': true,
  'message.deleted': true,
  'conversation.requeued': true,
  'conversation.forwarded': true,
  'conversation.held': true,
  'conversation.resumed': true,
  'agent.joined': true,
  'agent.left': true,
  'details.changed': true,
  'fields.shown': false,
  'conversation.ended': true,
  'comment.added': false,
  'alert.escalated': false,
  'note.added': false,
  'contact.renamed': true,
  'conversation.continued': false,
  'sla.warned': false,
} as const satisfies Record<ConversationEventType, boolean>;

export function effectsOf(
  events: readonly ConversationEvent[],
  before: ConversationState,
  after: OpenedConversation,
): ConversationEffect[] {
  const movesPromise = isPromised(before) !== isPromised(after);
  // Most of what happens are messages to an agent who serves: they concern nobody else.
  if (after.status !== 'queued' && events.every(({ type }) => type === 'message.sent')) {
    return movesPromise ? [{ to: 'projections' }] : [];
  }
  const notes = events.filter((event) => event.type === 'note.added');
  if (notes.length === events.length) return notes.flatMap(mentionEffects);
  const seq = events.at(-1)?.seq ?? 0;
  const isProjected = movesPromise || events.some(({ type }) => IS_PROJECTED_AT_ONCE[type]);
  return [
    ...queueEffects(before, after, seq),
    ...slotEffects(events, before, after),
    ...calls(events, after),
    ...(before.status === 'new' ? openingEffects(after) : []),
    ...(isProjected ? [{ to: 'projections' } as const] : []),
  ];
}

/** Whether lists of what is promised show it. */
const isPromised = (state: ConversationState): boolean =>
  state.status !== 'new' && promisedSince(state) !== null;

const mentionEffects = ({ mentions, seq }: NoteAdded): ConversationEffect[] =>
  mentions.map((agentId) => ({ to: 'mention', agentId, seq }));

function openingEffects({ previousId }: OpenedConversation): ConversationEffect[] {
  return [{ to: 'contact' }, ...(previousId === null ? [] : [{ to: 'previous' } as const])];
}

/** Whether all that is to be told is what the visitor writes while they wait. */
export const isPreview = (effects: readonly ConversationEffect[]): boolean =>
  effects.length === 1 && effects[0]?.to === 'queue' && !effects[0].isNew;

/** Whether a change is one of the conversation's lifecycle: then its state is stored. */
export function isLifecycleChange(before: ConversationState, after: OpenedConversation): boolean {
  return (
    before.status !== after.status ||
    before.departmentId !== after.departmentId ||
    servingAgent(before) !== servingAgent(after)
  );
}

const servingAgent = (state: OpenedConversation): AgentId | null =>
  state.status === 'queued' ? null : (state.agent?.id ?? null);

function queueEffects(
  before: ConversationState,
  { status, departmentId }: OpenedConversation,
  seq: number,
): ConversationEffect[] {
  const effects: ConversationEffect[] = [];
  const stays = status === 'queued' && before.status === 'queued';
  if (before.status === 'queued' && !(stays && before.departmentId === departmentId)) {
    effects.push({ to: 'queue-exit', departmentId: before.departmentId, seq });
  }
  if (status === 'queued') {
    effects.push({ to: 'queue', departmentId, isNew: before.status === 'new' });
  } else if (before.status === 'new') {
    // It never waited, and its department knows it all the same.
    effects.push({ to: 'queue-exit', departmentId, seq });
  }
  return effects;
}

function slotEffects(
  events: readonly ConversationEvent[],
  before: ConversationState,
  after: OpenedConversation,
): ConversationEffect[] {
  const had = slotsIn(before);
  const has = slotsIn(after);
  const seq = events.at(-1)?.seq ?? 0;
  return [...new Set([...had.keys(), ...has.keys()])]
    .filter((agentId) => had.get(agentId) !== has.get(agentId))
    .map((agentId) => ({ to: 'slot', agentId, seq, ...callOf(events, agentId) }));
}

function callOf(events: readonly ConversationEvent[], agentId: AgentId) {
  const reason = arrivalIn(events, agentId)?.reason;
  return reason === 'assigned' || reason === 'invited' ? { call: reason } : {};
}

function calls(
  events: readonly ConversationEvent[],
  after: OpenedConversation,
): ConversationEffect[] {
  const { departmentId } = after;
  return events.flatMap((event): ConversationEffect[] => {
    if (event.type === 'alert.escalated') {
      const { agent, to: which } = event;
      return [{ to: 'colleagues', departmentId, except: agent.id, which, reason: 'unanswered' }];
    }
    if (event.type !== 'sla.warned') return [];
    return after.status === 'serving'
      ? [{ to: 'call', agentId: after.agent.id }]
      : [{ to: 'colleagues', departmentId, except: null, which: 'department', reason: 'sla' }];
  });
}

/** Who has a slot for it, and what for. */
export function slotsIn(state: ConversationState): Map<AgentId, SlotKind> {
  const slots = new Map<AgentId, SlotKind>();
  if (state.status === 'new' || state.status === 'closed') return slots;
  for (const { id } of state.helpers) slots.set(id, 'helping');
  if (state.status === 'serving') slots.set(state.agent.id, 'serving');
  if (state.status === 'held') slots.set(state.agent.id, 'on-hold');
  return slots;
}
