// How a department's conversations come to its agents: it offers what waits to the agents who may have it, until
// one says yes. Nothing polls: it runs when something has changed.

import type { QueueEntry } from '#shared/department.ts';
import { SYSTEM } from '#shared/identity.ts';
import {
  newCommandId,
  type AgentId,
  type ConversationId,
  type DepartmentId,
  type VisitorId,
} from '#shared/ids.ts';
import type { Outcome, RefusalCode } from '#shared/refusals.ts';
import { isOpen, opensAt } from '#shared/opening-hours.ts';
import { limitWithin, policyOf } from '#shared/settings/policy.ts';
import type { Policy } from '#shared/settings/schema.ts';
import { askEndpoint } from '../../io/routing-endpoint.ts';
import { settingsOf } from '../../io/settings.ts';
import type { Alarm } from '../parts/alarm.ts';
import type { AgentReport } from './agent-report.ts';
import { NONE_OUTSTANDING, Offers } from './offers.ts';
import type { ConversationKey, Queue } from './queue.ts';
import { assign, candidateOf, preferredOf, type Candidate, type Offer } from './routing.ts';

/** Refusals that are the agent's, not the conversation's: another agent may have it. */
const OF_THE_AGENT: readonly RefusalCode[] = ['agent.away', 'agent.offline', 'agent.full'];

interface Deps {
  readonly id: DepartmentId;
  readonly env: Pick<Env, 'CONVERSATION' | 'ROUTING_SECRET' | 'settings'>;
  readonly now: () => number;
  readonly queue: Queue;
  readonly roster: ReadonlyMap<AgentId, AgentReport>;
  /** Rings when the department opens. */
  readonly alarm: Alarm;
}

export class Assignment {
  readonly #deps: Deps;
  readonly #offers = new Offers();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Whether a conversation is being offered, or about to leave the queue. */
  holds(id: ConversationId): boolean {
    return this.#offers.has(id);
  }

  /** It waits, as of `seq` of its log. */
  heard(id: ConversationId, seq: number): void {
    this.#offers.heard(id, seq);
  }

  /** It has left the queue. */
  left(id: ConversationId): void {
    this.#offers.left(id);
  }

  /** Offers what waits to the agents who may have it. */
  async route(): Promise<void> {
    const { queue, alarm, now } = this.#deps;
    const { routing, hours } = this.#policy;
    if (routing.method === 'manual' || queue.length === 0) return;
    if (!isOpen(hours, now())) return alarm.arm(opensAt(hours, now()));
    const offers = assign(this.#unoffered(), {
      method: routing.method,
      candidates: this.#candidates(),
      served: this.#served(),
      now: now(),
    });
    await Promise.all(offers.map((offer) => this.#offer(offer)));
  }

  /** Offers a conversation to those who are preferred, the first of them first. */
  async offerPreferred(key: ConversationKey, preferred: readonly AgentId[]): Promise<void> {
    const { queue, now } = this.#deps;
    if (!isOpen(this.#policy.hours, now())) return;
    // An agent who says no is no candidate any more, so this ends.
    for (;;) {
      const agentId = preferredOf(preferred, this.#candidates());
      if (!agentId || this.#offers.has(key.conversationId)) return;
      const entry = queue.get(key);
      if (!entry || this.#served().has(key.visitorId)) return;
      await this.#make({ entry, agentId });
    }
  }

  get #policy(): Policy {
    const { id, env } = this.#deps;
    return policyOf(settingsOf(env), id);
  }

  *#unoffered(): Iterable<QueueEntry> {
    for (const entry of this.#deps.queue) {
      if (!this.#offers.has(entry.conversationId)) yield entry;
    }
  }

  /** Visitors of whom an agent serves a conversation, or is about to. */
  #served(): Set<VisitorId | null> {
    const served = [...this.#deps.roster.values()].flatMap(({ serves }) => serves);
    return new Set([...served, ...this.#offers.visitors()].filter((id) => id !== null));
  }

  #candidates(): Candidate[] {
    const { id, env, roster } = this.#deps;
    const outstanding = this.#offers.outstanding(roster);
    const limitHere = limitWithin(settingsOf(env), id);
    return [...roster.values()]
      .filter((agent) => !this.#offers.hasRefused(agent))
      .flatMap(
        (agent) =>
          candidateOf(agent, outstanding.get(agent.agentId) ?? NONE_OUTSTANDING, limitHere) ?? [],
      );
  }

  async #offer(offer: Offer): Promise<void> {
    const { id: departmentId, env, now, queue, roster } = this.#deps;
    const { routing } = this.#policy;
    if (routing.method !== 'external') return this.#make(offer);
    // Held while the endpoint is asked, so that nobody else is offered it meanwhile.
    const id = offer.entry.conversationId;
    const standIn = roster.get(offer.agentId);
    if (!standIn) return;
    this.#offers.make(offer.entry, standIn, now());
    const named = await askEndpoint(env, routing, { ...offer.entry, departmentId });
    this.#offers.withdraw(id);
    if (!queue.get(offer.entry)) return;
    const isFree = this.#candidates().some(({ agentId, free }) => agentId === named && free > 0);
    return this.#make({ ...offer, agentId: named && isFree ? named : offer.agentId });
  }

  async #make({ entry, agentId }: Offer): Promise<void> {
    const { now, roster } = this.#deps;
    const { conversationId, seq } = entry;
    const agent = roster.get(agentId);
    if (!agent) return;
    this.#offers.make(entry, agent, now());
    const answer = await this.#ask(entry, agentId);
    if (answer.ok) return this.#offers.accepted(conversationId, answer.value);
    if (!OF_THE_AGENT.includes(answer.refusal.code)) {
      return this.#offers.missed(conversationId, seq);
    }
    this.#offers.withdraw(conversationId);
    this.#offers.refusedBy(agent);
    await this.route();
  }

  async #ask({ conversationId, seq }: QueueEntry, agentId: AgentId): Promise<Outcome<number>> {
    const command = { type: 'conversation.assign', agentId } as const;
    try {
      const conversation = this.#deps.env.CONVERSATION.getByName(conversationId);
      return await conversation.perform(SYSTEM, command, newCommandId(), seq);
    } catch (error) {
      this.#offers.withdraw(conversationId);
      throw error;
    }
  }
}
