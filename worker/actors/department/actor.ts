// One department: the only writer of its queue and roster. It routes; conversations and agents report to it, and
// its agents' workspaces watch it.

import { DurableObject } from 'cloudflare:workers';
import {
  isRoutable,
  QUEUE_IN_SIGHT,
  type DepartmentEvent,
  type DepartmentState,
  type QueueEntry,
  type RosterEntry,
} from '#shared/department.ts';
import { departmentClientFrame, PROTOCOL, type StreamServerFrame } from '#shared/frames.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import type { AgentId, ConversationId, DepartmentId } from '#shared/ids.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import { policyOf } from '#shared/settings/policy.ts';
import { settingsOf } from '../../io/settings.ts';
import { Alarm } from '../parts/alarm.ts';
import { identityOf } from '../parts/identity-header.ts';
import { Sockets, type SocketState } from '../parts/sockets.ts';
import { Assignment } from './assignment.ts';
import { mayWatch } from './access.ts';
import { Queue } from './queue.ts';
import { QueuePositions } from './queue-positions.ts';
import { DepartmentStorage } from './storage.ts';

const now = () => Date.now();

type ServerFrame = StreamServerFrame<DepartmentState, DepartmentEvent>;

export class Department extends DurableObject<Env> {
  readonly #storage: DepartmentStorage;
  readonly #sockets: Sockets<ServerFrame, SocketState>;
  readonly #alarm: Alarm;
  readonly #queue: Queue;
  readonly #roster: Map<AgentId, RosterEntry>;
  readonly #assignment: Assignment;
  readonly #positions: QueuePositions;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#storage = new DepartmentStorage(context.storage);
    this.#sockets = new Sockets(context, now);
    this.#alarm = new Alarm(context.storage);
    this.#queue = new Queue(this.#storage.waiting());
    this.#roster = new Map(this.#storage.roster().map((entry) => [entry.agentId, entry]));
    const common = { id: this.#id, env, queue: this.#queue, roster: this.#roster };
    this.#assignment = new Assignment({ ...common, alarm: this.#alarm, now });
    this.#positions = new QueuePositions({
      ...common,
      context,
      isOffered: (id) => this.#assignment.holds(id),
    });
  }

  /** The upgrade of a workspace tab, whose identity the Worker has established. */
  override fetch(request: Request): Response {
    return this.#sockets.accept(identityOf(request), {});
  }

  snapshot(by: AgentPrincipal): Outcome<DepartmentState> {
    return mayWatch(by, this.#id) ? accept(this.#snapshot()) : refuse('department.not-yours');
  }

  /** Whether somebody could answer now. */
  isOnline(): boolean {
    return this.roster().some(isRoutable);
  }

  roster(): RosterEntry[] {
    return [...this.#roster.values()];
  }

  /** Closes the sockets of an agent whose sessions are over. */
  signOut(agentId: AgentId): void {
    this.#sockets.signOut(agentId);
  }

  /** Every conversation that is or was in this queue, in the order of ids, from behind `after` on. */
  conversationIds(after: string, limit: number): ConversationId[] {
    return this.#storage.conversationIds(after, limit);
  }

  /** A visitor has come back: their position is sent to the conversation soon, if it waits here. */
  tellPosition(id: ConversationId): void {
    this.#positions.tell(id);
  }

  // What conversations and agents report. A report may come twice, or late; it is answered when all that it leads
  // to has been done, and comes again when that fails. So nothing is ever left undone.

  /**
   * A conversation waits, as of `entry.seq`.
   * @param preferred the agents who should have it if they can, the first of them first
   */
  async put(entry: QueueEntry, preferred: readonly AgentId[]): Promise<void> {
    const { conversationId, seq } = entry;
    if (this.#storage.put(entry)) {
      this.#queue.put(entry);
      this.#assignment.heard(conversationId, seq);
      this.#broadcast({ type: 'entry.put', entry });
      this.#positions.tell(conversationId);
    }
    await this.#assignment.offerPreferred(conversationId, preferred);
    await this.#assignment.route();
  }

  /** A conversation waits no longer, as of its `seq`. */
  remove(conversationId: ConversationId, seq: number): void {
    if (!this.#storage.remove(conversationId, seq)) return;
    if ((this.#queue.get(conversationId)?.seq ?? seq) >= seq) return;
    this.#queue.remove(conversationId);
    this.#assignment.left(conversationId);
    this.#positions.left(conversationId);
    this.#broadcast({ type: 'entry.removed', conversationId });
    this.#positions.tellMoves();
  }

  /** What an agent says of themselves, as of its version. */
  async announce(entry: RosterEntry): Promise<void> {
    if (this.#isNews(entry, this.#roster.get(entry.agentId))) {
      this.#roster.set(entry.agentId, entry);
      this.#broadcast({ type: 'roster.changed', entry });
    }
    await this.#assignment.route();
  }

  /** An agent is no longer a member. */
  removeRosterEntry(agentId: AgentId, version: number): void {
    if (!this.#storage.putRosterEntry(agentId, version, null)) return;
    this.#roster.delete(agentId);
    this.#broadcast({ type: 'roster.left', agentId });
  }

  override webSocketMessage(
    socket: WebSocket,
    data: string | ArrayBuffer,
  ): Promise<void> | undefined {
    return this.#sockets.receive(socket, departmentClientFrame, data, () => this.#welcome(socket));
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

  #welcome(socket: WebSocket): undefined {
    if (!mayWatch(this.#sockets.stateOf(socket).by, this.#id)) {
      return this.#sockets.close(socket, 'forbidden');
    }
    this.#sockets.amend(socket, { greeted: true });
    this.#sockets.send(socket, { type: 'welcome', protocol: PROTOCOL, state: this.#snapshot() });
  }

  /** Where nothing is routed by it, how busy an agent is is not worth a row. */
  #isNews(entry: RosterEntry, known: RosterEntry | undefined): boolean {
    if (known && entry.version <= known.version) return false;
    const hasNewStatus =
      known?.availability !== entry.availability ||
      known.online !== entry.online ||
      known.name !== entry.name;
    const { routing } = policyOf(settingsOf(this.env), this.#id);
    if (routing.method === 'manual' && !hasNewStatus) return true;
    return this.#storage.putRosterEntry(entry.agentId, entry.version, entry);
  }

  #snapshot(): DepartmentState {
    const queue = this.#queue.first(QUEUE_IN_SIGHT);
    return { departmentId: this.#id, queue, roster: this.roster() };
  }

  #broadcast(event: DepartmentEvent): void {
    const frame = { type: 'events' as const, events: [event] };
    this.#sockets.broadcast(() => frame);
  }
}
