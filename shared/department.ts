// A department: its queue and its roster, as its agents' workspaces see them. Unlike a conversation it
// keeps no history, which is in the conversations; a socket begins with a snapshot and folds what follows.

import * as v from 'valibot';
import { agentIdSchema, conversationIdSchema, departmentIdSchema, visitorIdSchema } from './ids.ts';

export const queueEntrySchema = v.object({
  conversationId: conversationIdSchema,
  /** Of the conversation's log, when it said so: an older report never replaces a newer one. */
  seq: v.number(),
  /** null: entered by an earlier release. */
  visitorId: v.nullable(visitorIdSchema),
  visitorName: v.string(),
  /** Epoch milliseconds: as if all its time in queues had been this one wait, so that a return starts no new one. */
  queuedAt: v.number(),
  preview: v.string(),
  /** The agent who wrote that; null: the visitor did. Not there in what an earlier release stored. */
  previewBy: v.optional(v.nullable(v.object({ id: agentIdSchema, name: v.string() }))),
  /** Of the settings. */
  priority: v.string(),
  /** The priority's place among the settings' priorities; 0 is the most urgent. */
  rank: v.number(),
  /** Epoch milliseconds: when its SLA policy promises an answer; null: nothing is promised. */
  dueAt: v.nullable(v.number()),
  openedAt: v.number(),
  /** The agent who lost it: it is routed to others first. */
  lostBy: v.nullable(agentIdSchema),
});
export type QueueEntry = v.InferOutput<typeof queueEntrySchema>;

/** The queue's order: priority, then what is promised, then age, which a return to the queue keeps. */
export const inQueueOrder = (a: QueueEntry, b: QueueEntry): number =>
  a.rank - b.rank ||
  (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) ||
  a.openedAt - b.openedAt ||
  (a.conversationId < b.conversationId ? -1 : 1);

export const AVAILABILITIES = ['available', 'away'] as const;
export type Availability = (typeof AVAILABILITIES)[number];

export const rosterEntrySchema = v.object({
  agentId: agentIdSchema,
  name: v.string(),
  availability: v.picklist(AVAILABILITIES),
  /** Why they are away, if they have said so. */
  awayReason: v.optional(v.nullable(v.string())),
  /** Has a workspace open, or had within the grace period. */
  online: v.boolean(),
  /** Conversations that they serve or are about to, held ones not counted. */
  open: v.number(),
  /** Those of this department. */
  openHere: v.number(),
  /** How many they may serve at a time. */
  limit: v.number(),
  /** Epoch milliseconds: when they got their last conversation; 0: never. */
  assignedAt: v.number(),
  /** Milliseconds from getting a conversation to its end, smoothed; null: not known yet. */
  handlingMs: v.nullable(v.number()),
  /** Raised by the agent with each change: an older report never replaces a newer one. */
  version: v.number(),
});
export type RosterEntry = v.InferOutput<typeof rosterEntrySchema>;

/** Whether a conversation may be routed to them. */
export const isRoutable = ({ availability, online }: RosterEntry): boolean =>
  online && availability === 'available';

/** The department has had as many new conversations today as it may, or almost. */
export const ceilingSchema = v.object({
  share: v.picklist(['near', 'reached']),
  /** Epoch milliseconds: when the next day begins, which starts at none. */
  until: v.number(),
});
export type Ceiling = v.InferOutput<typeof ceilingSchema>;

export const departmentEventSchema = v.variant('type', [
  v.object({ type: v.literal('entry.put'), entry: queueEntrySchema }),
  /** It waited already, and has moved up to where agents see it. */
  v.object({ type: v.literal('entry.appeared'), entry: queueEntrySchema }),
  v.object({ type: v.literal('entry.removed'), conversationId: conversationIdSchema }),
  v.object({ type: v.literal('roster.changed'), entry: rosterEntrySchema }),
  v.object({ type: v.literal('roster.left'), agentId: agentIdSchema }),
  v.object({ type: v.literal('ceiling.changed'), ceiling: ceilingSchema }),
  /** As many of its offline messages are open now. What the workspace begins with is in its own answer. */
  v.object({ type: v.literal('offline-messages.counted'), open: v.number() }),
]);
export type DepartmentEvent = v.InferOutput<typeof departmentEventSchema>;

/** As many of a queue as agents see: the first. */
export const QUEUE_IN_SIGHT = 500;

export const departmentStateSchema = v.object({
  departmentId: departmentIdSchema,
  /** In order; the first {@link QUEUE_IN_SIGHT} when more wait. */
  queue: v.array(queueEntrySchema),
  roster: v.array(rosterEntrySchema),
  /** null: far away. Not there in what an earlier release sends. */
  ceiling: v.optional(v.nullable(ceilingSchema), null),
});
export type DepartmentState = v.InferOutput<typeof departmentStateSchema>;

export function evolveDepartment(state: DepartmentState, event: DepartmentEvent): DepartmentState {
  switch (event.type) {
    case 'entry.put':
    case 'entry.appeared': {
      const others = without(state.queue, event.entry.conversationId);
      const queue = [...others, event.entry].sort(inQueueOrder).slice(0, QUEUE_IN_SIGHT);
      return { ...state, queue };
    }
    case 'entry.removed':
      return { ...state, queue: without(state.queue, event.conversationId) };
    case 'roster.changed': {
      const others = state.roster.filter(({ agentId }) => agentId !== event.entry.agentId);
      return { ...state, roster: [...others, event.entry] };
    }
    case 'roster.left':
      return { ...state, roster: state.roster.filter(({ agentId }) => agentId !== event.agentId) };
    case 'ceiling.changed':
      return { ...state, ceiling: event.ceiling };
    case 'offline-messages.counted':
      return state;
  }
}

const without = (queue: readonly QueueEntry[], conversationId: string): QueueEntry[] =>
  queue.filter((entry) => entry.conversationId !== conversationId);
