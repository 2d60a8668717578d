// One department: the only writer of its queue and roster, and who routes. Conversations and agents report
// to it; its agents' workspaces watch it.

import { DurableObject } from 'cloudflare:workers';
import type { QueuePlace } from '#shared/conversation/signals.ts';
import {
  isRoutable,
  QUEUE_IN_SIGHT,
  type DepartmentEvent,
  type DepartmentState,
  type QueueEntry,
  type RosterEntry,
} from '#shared/department.ts';
import { departmentClientFrame, PROTOCOL } from '#shared/frames.ts';
import type { AgentBy, By } from '#shared/identity.ts';
import type { AgentId, ConversationId, DepartmentId } from '#shared/ids.ts';
import { accept, refuse, type Outcome, type RefusalCode } from '#shared/refusals.ts';
import { isOpen, opensAt } from '#shared/settings/hours.ts';
import { policyOf } from '#shared/settings/policy.ts';
import type { Policy } from '#shared/settings/schema.ts';
import type { Env } from '../../env.ts';
import { askEndpoint } from '../../io/routing-endpoint.ts';
import { settingsOf } from '../../settings.ts';
import { Alarm } from '../parts/alarm.ts';
import { identityOf } from '../parts/identity-header.ts';
import { Sockets } from '../parts/sockets.ts';
import { mayWatch } from './decide.ts';
import { NONE_OUTSTANDING, Offers } from './offers.ts';
import { Queue } from './queue.ts';
import {
  assign,
  candidateOf,
  preferredOf,
  stepsWithin,
  waitSecondsAt,
  type Candidate,
  type Offer,
} from './routing.ts';
import { DepartmentStorage } from './storage.ts';

/** Moves of the queue within this are told together. */
const TELL_AFTER_MS = 500;

/** Refusals that are the agent's, not the conversation's: somebody else may have it. */
const OF_THE_AGENT: readonly RefusalCode[] = ['agent.away', 'agent.offline', 'agent.full'];

const now = () => Date.now();

export class Department extends DurableObject {
  readonly #storage: DepartmentStorage;
  readonly #sockets: Sockets<By>;
  readonly #alarm: Alarm;
  readonly #queue: Queue;
  readonly #roster: Map<AgentId, RosterEntry>;
  readonly #offers = new Offers();
  /** The position that each visitor was last told. */
  readonly #told = new Map<ConversationId, number>();
  #willTell = false;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#storage = new DepartmentStorage(context.storage);
    this.#sockets = new Sockets(context, now);
    this.#alarm = new Alarm(context.storage);
    this.#queue = new Queue(this.#storage.waiting());
    this.#roster = new Map(this.#storage.roster().map((entry) => [entry.agentId, entry]));
  }

  /** The upgrade of a workspace tab, whose identity the Worker has established. */
  override fetch(request: Request): Response {
    return this.#sockets.accept(identityOf(request), {});
  }

  snapshot(by: AgentBy): Outcome<DepartmentState> {
    return mayWatch(by, this.#id) ? accept(this.#snapshot()) : refuse('department.not-yours');
  }

  /** Whether somebody could answer now. */
  isAttended(): boolean {
    return this.roster().some(isRoutable);
  }

  roster(): RosterEntry[] {
    return [...this.#roster.values()];
  }

  /** Every conversation that is or was in this queue, in the order of ids, from behind `after` on. */
  known(after: string, limit: number): ConversationId[] {
    return this.#storage.known(after, limit);
  }

  /** Where a conversation stands in the queue; null for one that does not wait here. */
  placeOf(id: ConversationId): QueuePlace | null {
    const position = this.#queue.positionOf(id);
    if (position === null || this.#offers.has(id)) return null;
    this.#told.set(id, position);
    return this.#placeAt(position);
  }

  // What conversations and agents report. A word may come twice, or late; whoever brings it is answered when
  // all that it leads to has been done, and brings it again when that fails. So nothing is ever left undone.

  /**
   * A conversation waits, as of `entry.seq`. Answers with its place, unless it is given to somebody at once.
   * @param preferred whom it is given to if they can, the first of them first
   */
  async put(entry: QueueEntry, preferred: readonly AgentId[]): Promise<QueuePlace | null> {
    const { conversationId, seq } = entry;
    if (this.#storage.put(entry)) {
      this.#queue.put(entry);
      this.#offers.heard(conversationId, seq);
      this.#broadcast({ type: 'entry.put', entry });
      this.#tellMoves();
    }
    await this.#offerPreferred(conversationId, preferred);
    await this.#route();
    return this.placeOf(conversationId);
  }

  /** A conversation waits no longer, as of its `seq`. */
  remove(conversationId: ConversationId, seq: number): void {
    if (!this.#storage.remove(conversationId, seq)) return;
    if ((this.#queue.get(conversationId)?.seq ?? seq) >= seq) return;
    this.#queue.remove(conversationId);
    this.#offers.left(conversationId);
    this.#told.delete(conversationId);
    this.#broadcast({ type: 'entry.removed', conversationId });
    this.#tellMoves();
  }

  /** An agent's own word, as of its version. */
  async announce(entry: RosterEntry): Promise<void> {
    const known = this.#roster.get(entry.agentId);
    if (this.#isNews(entry, known)) {
      this.#roster.set(entry.agentId, entry);
      this.#broadcast({ type: 'roster.changed', entry });
    }
    await this.#route();
  }

  /** An agent is no longer a member. */
  dismiss(agentId: AgentId, version: number): void {
    if (!this.#storage.enrol(agentId, version, null)) return;
    this.#roster.delete(agentId);
    this.#broadcast({ type: 'roster.left', agentId });
  }

  override webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): void {
    if (!this.#sockets.receive(socket, departmentClientFrame, data)) return;
    if (!mayWatch(this.#sockets.attachmentOf(socket).by, this.#id)) {
      return this.#sockets.close(socket, 'forbidden');
    }
    this.#sockets.amend(socket, { greeted: true });
    this.#sockets.send(socket, { type: 'welcome', protocol: PROTOCOL, state: this.#snapshot() });
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    this.#sockets.answerClose(socket, code);
  }

  /** The department opens. */
  override async alarm(): Promise<void> {
    this.#alarm.fired();
    await this.#route();
  }

  get #id(): DepartmentId {
    return this.ctx.id.name as DepartmentId; // Addressed by ids of the settings only.
  }

  get #policy(): Policy {
    return policyOf(settingsOf(this.env), this.#id);
  }

  get #limitHere(): number | null {
    const own = settingsOf(this.env).departments.find(({ id }) => id === this.#id);
    return own?.chats_per_agent ?? null;
  }

  /** Where nothing is routed by it, how busy somebody is is worth no row. */
  #isNews(entry: RosterEntry, known: RosterEntry | undefined): boolean {
    if (known && entry.version <= known.version) return false;
    const isStanding =
      known?.availability !== entry.availability ||
      known.online !== entry.online ||
      known.name !== entry.name;
    if (this.#policy.routing.method === 'manual' && !isStanding) return true;
    return this.#storage.enrol(entry.agentId, entry.version, entry);
  }

  /** Offers what waits to whoever may have it. Nothing polls: it runs when something has changed. */
  async #route(): Promise<void> {
    const { routing, hours } = this.#policy;
    if (routing.method === 'manual' || this.#queue.length === 0) return;
    if (!isOpen(hours, now())) return this.#alarm.arm(opensAt(hours, now()));
    const offers = assign(this.#unoffered(), this.#candidates(), routing.method, now());
    await Promise.all(offers.map((offer) => this.#offer(offer)));
  }

  *#unoffered(): Iterable<QueueEntry> {
    for (const entry of this.#queue) if (!this.#offers.has(entry.conversationId)) yield entry;
  }

  #candidates(): Candidate[] {
    const outstanding = this.#offers.outstanding(this.#roster);
    const limitHere = this.#limitHere;
    return this.roster()
      .filter((agent) => !this.#offers.hasRefused(agent))
      .flatMap(
        (agent) =>
          candidateOf(agent, outstanding.get(agent.agentId) ?? NONE_OUTSTANDING, limitHere) ?? [],
      );
  }

  async #offerPreferred(id: ConversationId, preferred: readonly AgentId[]): Promise<void> {
    if (!isOpen(this.#policy.hours, now())) return;
    // Whoever says no is no candidate any more, so this ends.
    for (;;) {
      const entry = this.#queue.get(id);
      const agentId = preferredOf(preferred, this.#candidates());
      if (!entry || !agentId || this.#offers.has(id)) return;
      await this.#make({ entry, agentId });
    }
  }

  async #offer(offer: Offer): Promise<void> {
    const { routing } = this.#policy;
    if (routing.method !== 'external') return this.#make(offer);
    // Held while the endpoint is asked, so that nobody else is offered it meanwhile.
    const id = offer.entry.conversationId;
    const standIn = this.#roster.get(offer.agentId);
    if (!standIn) return;
    this.#offers.make(id, standIn, now());
    const named = await askEndpoint(this.env, routing, { ...offer.entry, departmentId: this.#id });
    this.#offers.withdraw(id);
    if (!this.#queue.get(id)) return;
    const isFree = this.#candidates().some(({ agentId, free }) => agentId === named && free > 0);
    return this.#make({ ...offer, agentId: named && isFree ? named : offer.agentId });
  }

  async #make({ entry, agentId }: Offer): Promise<void> {
    const { conversationId, seq } = entry;
    const agent = this.#roster.get(agentId);
    if (!agent) return;
    this.#offers.make(conversationId, agent, now());
    const answer = await this.#ask(conversationId, agentId);
    if (answer.ok) return this.#offers.accepted(conversationId, answer.value);
    if (!OF_THE_AGENT.includes(answer.refusal.code)) {
      return this.#offers.missed(conversationId, seq);
    }
    this.#offers.withdraw(conversationId);
    this.#offers.refusedBy(agent);
    await this.#route();
  }

  async #ask(id: ConversationId, agentId: AgentId): Promise<Outcome<number>> {
    try {
      return await this.env.CONVERSATION.getByName(id).assign(agentId);
    } catch (error) {
      this.#offers.withdraw(id);
      throw error;
    }
  }

  /** Soon, and once for many: whoever has moved to the next step learns of it. */
  #tellMoves(): void {
    if (this.#willTell) return;
    this.#willTell = true;
    setTimeout(() => {
      this.#willTell = false;
      for (const position of stepsWithin(this.#queue.length)) this.#tell(position);
    }, TELL_AFTER_MS);
  }

  #tell(position: number): void {
    const id = this.#queue.at(position)?.conversationId;
    if (!id || this.#told.get(id) === position) return;
    this.#told.set(id, position);
    // Lost when it fails: the next move tells anew.
    this.ctx.waitUntil(
      this.env.CONVERSATION.getByName(id)
        .tellPlace(this.#placeAt(position))
        .catch(() => this.#told.delete(id)),
    );
  }

  #placeAt(position: number): QueuePlace {
    return { position, waitSeconds: waitSecondsAt(position, this.roster(), this.#limitHere) };
  }

  #snapshot(): DepartmentState {
    const queue = this.#queue.first(QUEUE_IN_SIGHT);
    return { departmentId: this.#id, queue, roster: this.roster() };
  }

  #broadcast(event: DepartmentEvent): void {
    const frame = { type: 'events', events: [event] };
    this.#sockets.broadcast(() => frame);
  }
}
