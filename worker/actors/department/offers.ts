// The offers that a department has out: who was offered what, until the queue and the agent say how it went.
// Kept in memory alone; after an eviction the same offers are made again, and mean the same.

import type { RosterEntry } from '#shared/department.ts';
import type { AgentId, ConversationId, VisitorId } from '#shared/ids.ts';
import type { ConversationKey } from './queue.ts';

/** Offers to one agent that their own report does not tell of yet. */
export interface Outstanding {
  readonly count: number;
  /** Epoch milliseconds; 0 without any. */
  readonly lastAt: number;
}

export const NONE_OUTSTANDING: Outstanding = { count: 0, lastAt: 0 };

interface Offered {
  readonly visitorId: VisitorId | null;
  readonly agentId: AgentId;
  /** The agent's report that the offer went by: a later one counts the conversation already. */
  readonly version: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

export class Offers {
  /** Conversations of the queue that are not to be offered now, by where their log stood when they answered;
   * null while they have not. */
  readonly #apart = new Map<ConversationId, number | null>();
  /** What agents have been offered and have not told of. */
  readonly #offered = new Map<ConversationId, Offered>();
  /** The version of an agent's report that turned out to be too good. */
  readonly #refusedAt = new Map<AgentId, number>();

  /** Whether a conversation is being offered, or about to leave the queue. */
  has(id: ConversationId): boolean {
    return this.#apart.has(id);
  }

  make(key: ConversationKey, { agentId, version }: RosterEntry, at: number): void {
    const { conversationId, visitorId } = key;
    this.#apart.set(conversationId, null);
    this.#offered.set(conversationId, { visitorId, agentId, version, at });
  }

  withdraw(id: ConversationId): void {
    this.#apart.delete(id);
    this.#offered.delete(id);
  }

  /** The agent has it, and its leaving the queue is on the way. @param seq of its log */
  accepted(id: ConversationId, seq: number): void {
    if (this.#apart.has(id)) this.#apart.set(id, seq);
  }

  /** It was not to be had any more, and its leaving the queue is on the way. @param seq of its log */
  missed(id: ConversationId, seq: number): void {
    this.accepted(id, seq);
    this.#offered.delete(id);
  }

  /** It has left the queue. */
  left(id: ConversationId): void {
    this.#apart.delete(id);
  }

  /** It waits, as of `seq`: it may be offered again if that is after its answer. */
  heard(id: ConversationId, seq: number): void {
    const answeredAt = this.#apart.get(id) ?? null;
    if (answeredAt !== null && seq > answeredAt) this.withdraw(id);
  }

  /** The agent said no: until their next report they are offered nothing. */
  refusedBy({ agentId, version }: RosterEntry): void {
    this.#refusedAt.set(agentId, version);
  }

  hasRefused({ agentId, version }: RosterEntry): boolean {
    return this.#refusedAt.get(agentId) === version;
  }

  /** Whose conversations agents have been offered, and have not told of. */
  visitors(): (VisitorId | null)[] {
    return [...this.#offered.values()].map(({ visitorId }) => visitorId);
  }

  /** The offers of each agent that their last report does not tell of. */
  outstanding(roster: ReadonlyMap<AgentId, RosterEntry>): Map<AgentId, Outstanding> {
    const outstanding = new Map<AgentId, Outstanding>();
    for (const [id, { agentId, version, at }] of this.#offered) {
      if (version < (roster.get(agentId)?.version ?? Infinity)) {
        this.#offered.delete(id);
        continue;
      }
      const { count, lastAt } = outstanding.get(agentId) ?? NONE_OUTSTANDING;
      outstanding.set(agentId, { count: count + 1, lastAt: Math.max(lastAt, at) });
    }
    return outstanding;
  }
}
