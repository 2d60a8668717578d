// An agent as their departments know them: name, availability, whether they are online, how busy they have been.

import * as v from 'valibot';
import type { SlotKind } from '#shared/agent.ts';
import { AVAILABILITIES } from '#shared/department.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import { agentIdSchema, departmentIdSchema, type AgentId } from '#shared/ids.ts';

const presenceSchema = v.object({
  agentId: agentIdSchema,
  name: v.string(),
  availability: v.picklist(AVAILABILITIES),
  /** Why they are away; null: they have not said so. */
  awayReason: v.optional(v.nullable(v.string()), null),
  online: v.boolean(),
  /** Raised with every change, so that a late report is known to be old. */
  version: v.number(),
  /** Their own limit; null: the workspace's. */
  maxConversations: v.optional(v.nullable(v.number()), null),
  /** Epoch milliseconds: when they got their last conversation; 0: never. */
  assignedAt: v.optional(v.number(), 0),
  /** Milliseconds from getting a conversation to its end, smoothed. */
  handlingMs: v.optional(v.nullable(v.number()), null),
  /** Available when their last tab went, so that devices may still call them. */
  reachable: v.optional(v.boolean(), false),
  /** A device of theirs is to be told of what waits in their departments. */
  pushed: v.optional(v.boolean(), false),
  /** Whose rosters they are on. */
  departments: v.array(departmentIdSchema),
});
export type AgentPresence = v.InferOutput<typeof presenceSchema>;

/** As any version has stored it: the limit was once called chatsAtMost. */
const storedSchema = v.pipe(
  v.looseObject({}),
  v.transform(({ chatsAtMost, ...stored }) => ({ maxConversations: chatsAtMost, ...stored })),
  presenceSchema,
);
export const readPresence = (stored: unknown): AgentPresence => v.parse(storedSchema, stored);

/** Of an agent who has never signed in. */
export function newPresence(agentId: AgentId): AgentPresence {
  return {
    agentId,
    name: '',
    availability: 'away',
    awayReason: null,
    online: false,
    version: 0,
    maxConversations: null,
    assignedAt: 0,
    handlingMs: null,
    reachable: false,
    pushed: false,
    departments: [],
  };
}

/** As much of what they may do as their departments know. */
export const accessOf = ({ name, departments, maxConversations }: AgentPrincipal) => ({
  name,
  departments,
  maxConversations,
});

/** What an agent had of a conversation, in epoch milliseconds. */
export interface SlotHistory {
  /** null: they did not serve it. */
  readonly servedSince: number | null;
  /** null: no slot was reserved for it. */
  readonly reservedAt: number | null;
}

/** How much the last conversation counts in the mean of how long they take. */
const HANDLING_WEIGHT = 0.2;

/**
 * The presence after a conversation's update of its slot.
 * @param as null: the slot is released
 * @param before what the agent had of the conversation until then
 */
export function afterSlotUpdate(
  presence: AgentPresence,
  as: SlotKind | null,
  { servedSince, reservedAt }: SlotHistory,
  now: number,
): AgentPresence {
  const { version, assignedAt, handlingMs } = presence;
  const hasServed = as === null && servedSince !== null;
  return {
    ...presence,
    version: version + 1,
    // Told by the reservation: a conversation that ends at once never says that it is served.
    assignedAt: as === 'helping' ? assignedAt : Math.max(assignedAt, reservedAt ?? 0),
    handlingMs: hasServed ? smoothed(handlingMs, now - servedSince) : handlingMs,
  };
}

const smoothed = (mean: number | null, ms: number): number =>
  mean === null ? ms : mean + HANDLING_WEIGHT * (ms - mean);

export class PresenceTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  load(agentId: AgentId): AgentPresence {
    const row = this.#sql.exec<{ body: string }>('SELECT body FROM presence').toArray()[0];
    return row ? readPresence(JSON.parse(row.body)) : newPresence(agentId);
  }

  save(presence: AgentPresence): void {
    this.#sql.exec('INSERT OR REPLACE INTO presence VALUES (1, ?)', JSON.stringify(presence));
  }
}
