// The offers that a department has out: who was offered what, until the queue or the agent says how it went.
// Kept in memory alone; after an eviction the same offers are made anew, and mean the same.

import type { RosterEntry } from '#shared/department.ts';
import type { AgentId, ConversationId } from '#shared/ids.ts';

interface Offered {
  readonly agentId: AgentId;
  /** The agent's word that the offer went by: a later one counts the conversation already. */
  readonly version: number;
  /** Where the conversation's log stood when it answered; null while it has not. */
  readonly answeredAt: number | null;
}

export class Offers {
  readonly #offered = new Map<ConversationId, Offered>();
  /** The version of an agent's word that turned out to be too good. */
  readonly #refusedAt = new Map<AgentId, number>();

  has(id: ConversationId): boolean {
    return this.#offered.has(id);
  }

  make(id: ConversationId, { agentId, version }: RosterEntry): void {
    this.#offered.set(id, { agentId, version, answeredAt: null });
  }

  /** The conversation has been assigned, here or elsewhere: it will leave the queue by itself. */
  settle(id: ConversationId, seq: number): void {
    const offered = this.#offered.get(id);
    if (offered) this.#offered.set(id, { ...offered, answeredAt: seq });
  }

  withdraw(id: ConversationId): void {
    this.#offered.delete(id);
  }

  /** A word that the conversation waits, as of `seq`: it may be offered anew if that is after its answer. */
  heard(id: ConversationId, seq: number): void {
    const answeredAt = this.#offered.get(id)?.answeredAt ?? null;
    if (answeredAt !== null && seq > answeredAt) this.withdraw(id);
  }

  /** He said no: until his next word he is offered nothing. */
  refusedBy({ agentId, version }: RosterEntry): void {
    this.#refusedAt.set(agentId, version);
  }

  hasRefused({ agentId, version }: RosterEntry): boolean {
    return this.#refusedAt.get(agentId) === version;
  }

  /** How many offers each agent has of which his last word does not know. */
  countBy(roster: ReadonlyMap<AgentId, RosterEntry>): Map<AgentId, number> {
    const counts = new Map<AgentId, number>();
    for (const { agentId, version } of this.#offered.values()) {
      const known = roster.get(agentId)?.version ?? 0;
      if (version >= known) counts.set(agentId, (counts.get(agentId) ?? 0) + 1);
    }
    return counts;
  }
}
