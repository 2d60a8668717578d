// Who else must learn of an agent's changes. Pure.

import * as v from 'valibot';
import {
  conversationIdSchema,
  departmentIdSchema,
  type ConversationId,
  type DepartmentId,
} from '#shared/ids.ts';

const effectSchema = v.variant('to', [
  v.object({ to: v.literal('roster'), departmentId: departmentIdSchema }),
  v.object({
    to: v.literal('roster-exit'),
    departmentId: departmentIdSchema,
    version: v.number(),
  }),
  /** The agent counts as offline: what becomes of a conversation is its own to decide. */
  v.object({
    to: v.literal('conversation'),
    conversationId: conversationIdSchema,
    forGood: v.optional(v.boolean(), false),
  }),
]);
export type AgentEffect = v.InferOutput<typeof effectSchema>;

/** Earlier versions had another name for one effect. */
const storedSchema = v.pipe(
  v.looseObject({ to: v.string() }),
  v.transform((stored) => ({ ...stored, to: stored.to === 'loss' ? 'conversation' : stored.to })),
  effectSchema,
);
export const readEffect = (stored: unknown): AgentEffect => v.parse(storedSchema, stored);

interface Membership {
  readonly departments: readonly DepartmentId[];
  /** Of the presence. */
  readonly version: number;
}

/** Their departments learn what has changed, those that they have left included. */
export function rosterEffects(
  before: Membership,
  { departments, version }: Membership,
): AgentEffect[] {
  const left = before.departments.filter((id) => !departments.includes(id));
  return [
    ...departments.map((departmentId) => ({ to: 'roster' as const, departmentId })),
    ...left.map((departmentId) => ({ to: 'roster-exit' as const, departmentId, version })),
  ];
}

/** @param forGood their account is gone */
export const offlineEffects = (
  served: readonly ConversationId[],
  forGood: boolean,
): AgentEffect[] =>
  served.map((conversationId) => ({ to: 'conversation', conversationId, forGood }));
