// An agent's desk: who he is to the others, what he has said of himself, how busy he has been.

import * as v from 'valibot';
import type { PlaceKind } from '#shared/agent.ts';
import { AVAILABILITIES } from '#shared/department.ts';
import { agentIdSchema, departmentIdSchema, type AgentId } from '#shared/ids.ts';

export const deskSchema = v.object({
  agentId: agentIdSchema,
  name: v.string(),
  availability: v.picklist(AVAILABILITIES),
  online: v.boolean(),
  /** Raised with every change, so that a late word of him is known to be old. */
  version: v.number(),
  /** His own limit; null: the workspace's. */
  chatsAtMost: v.optional(v.nullable(v.number()), null),
  /** Epoch milliseconds: when he got his last conversation; 0: never. */
  assignedAt: v.optional(v.number(), 0),
  /** Milliseconds from getting a conversation to its end, smoothed. */
  handlingMs: v.optional(v.nullable(v.number()), null),
  /** Whose rosters he stands on. */
  departments: v.array(departmentIdSchema),
});
export type Desk = v.InferOutput<typeof deskSchema>;

/** Of one who has never signed in. */
export function newDesk(agentId: AgentId): Desk {
  return {
    agentId,
    name: '',
    availability: 'away',
    online: false,
    version: 0,
    chatsAtMost: null,
    assignedAt: 0,
    handlingMs: null,
    departments: [],
  };
}

/** What an agent had of a conversation, in epoch milliseconds. */
export interface Service {
  /** null: he did not serve it. */
  readonly servedSince: number | null;
  /** null: no place was reserved for it. */
  readonly reservedAt: number | null;
}

/** How much the last conversation counts in the mean of how long they take. */
const HANDLING_WEIGHT = 0.2;

/**
 * The desk after a conversation's word on his place.
 * @param as null: the place is released
 * @param before what he had of it until then
 */
export function afterWord(
  desk: Desk,
  as: PlaceKind | null,
  { servedSince, reservedAt }: Service,
  now: number,
): Desk {
  const { version, assignedAt, handlingMs } = desk;
  const hasServed = as === null && servedSince !== null;
  return {
    ...desk,
    version: version + 1,
    // Told by the reservation: of a conversation that ends at once, no word of serving comes.
    assignedAt: as === 'helping' ? assignedAt : Math.max(assignedAt, reservedAt ?? 0),
    handlingMs: hasServed ? smoothed(handlingMs, now - servedSince) : handlingMs,
  };
}

const smoothed = (mean: number | null, ms: number): number =>
  mean === null ? ms : mean + HANDLING_WEIGHT * (ms - mean);
