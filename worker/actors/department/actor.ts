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
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import { policyOf } from '#shared/settings/policy.ts';
import { settingsOf } from '../../io/settings.ts';
import { Alarm } from '../parts/alarm.ts';
import { identityOf } from '../parts/identity-header.ts';
import { Sockets } from '../parts/sockets.ts';
import { Assignment } from './assignment.ts';
import { mayWatch } from './decide.ts';
import { Queue } from './queue.ts';
import { Standings } from './standings.ts';
import { DepartmentStorage } from './storage.ts';

const now = () => Date.now();

export class Department extends DurableObject {
  readonly #storage: DepartmentStorage;
  readonly #sockets: Sockets<By>;
  readonly #alarm: Alarm;
  readonly #queue: Queue;
  readonly #roster: Map<AgentId, RosterEntry>;
  readonly #assignment: Assignment;
  readonly #standings: Standings;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#storage = new DepartmentStorage(context.storage);
    this.#sockets = new Sockets(context, now);
    this.#alarm = new Alarm(context.storage);
    this.#queue = new Queue(this.#storage.waiting());
    this.#roster = new Map(this.#storage.roster().map((entry) => [entry.agentId, entry]));
    const surroundings = { id: this.#id, env, queue: this.#queue, roster: this.#roster };
    this.#assignment = new Assignment({ ...surroundings, alarm: this.#alarm, now });
    this.#standings = new Standings({ ...surroundings, context });
  }

  /** The upgrade of a workspace tab, whose identity the Worker has established. */
  override fetch(request: Request): Response {
    return this.#sockets.accept(identityOf(request), {});
  }

  snapshot(by: AgentBy): Outcome<DepartmentState> {
    return mayWatch(by, this.#id) ? accept(this.#snapshot()) : refuse('department.not-yours');
  }

  /** Whether somebody could answer now. */
  isOnline(): boolean {
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
    return this.#assignment.holds(id) ? null : this.#standings.placeOf(id);
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
      this.#assignment.heard(conversationId, seq);
      this.#broadcast({ type: 'entry.put', entry });
      this.#standings.tellMoves();
    }
    await this.#assignment.offerPreferred(conversationId, preferred);
    await this.#assignment.route();
    return this.placeOf(conversationId);
  }

  /** A conversation waits no longer, as of its `seq`. */
  remove(conversationId: ConversationId, seq: number): void {
    if (!this.#storage.remove(conversationId, seq)) return;
    if ((this.#queue.get(conversationId)?.seq ?? seq) >= seq) return;
    this.#queue.remove(conversationId);
    this.#assignment.left(conversationId);
    this.#standings.left(conversationId);
    this.#broadcast({ type: 'entry.removed', conversationId });
    this.#standings.tellMoves();
  }

  /** An agent's own word, as of its version. */
  async announce(entry: RosterEntry): Promise<void> {
    const known = this.#roster.get(entry.agentId);
    if (this.#isNews(entry, known)) {
      this.#roster.set(entry.agentId, entry);
      this.#broadcast({ type: 'roster.changed', entry });
    }
    await this.#assignment.route();
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
    await this.#assignment.route();
  }

  get #id(): DepartmentId {
    return this.ctx.id.name as DepartmentId; // Addressed by ids of the settings only.
  }

  /** Where nothing is routed by it, how busy somebody is is worth no row. */
  #isNews(entry: RosterEntry, known: RosterEntry | undefined): boolean {
    if (known && entry.version <= known.version) return false;
    const isStanding =
      known?.availability !== entry.availability ||
      known.online !== entry.online ||
      known.name !== entry.name;
    const { routing } = policyOf(settingsOf(this.env), this.#id);
    if (routing.method === 'manual' && !isStanding) return true;
    return this.#storage.enrol(entry.agentId, entry.version, entry);
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
