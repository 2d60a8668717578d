// One department: the only writer of its queue and roster. It routes; conversations and agents report to it, and
// its agents' workspaces watch it.

import { DurableObject } from 'cloudflare:workers';
import type { DepartmentStatus } from '#shared/admission.ts';
import type { Alert } from '#shared/alerts/alert.ts';
import {
  QUEUE_IN_SIGHT,
  type DepartmentEvent,
  type DepartmentState,
  type QueueEntry,
  type RosterEntry,
} from '#shared/department.ts';
import {
  departmentClientFrame,
  PROTOCOL,
  type Closing,
  type StreamServerFrame,
} from '#shared/frames.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import type { AgentId, ConversationId, DepartmentId, VisitorId } from '#shared/ids.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import { policyOf } from '#shared/settings/policy.ts';
import { settingsOf } from '../../io/settings.ts';
import { Alarm } from '../parts/alarm.ts';
import { identityOf } from '../parts/identity-header.ts';
import { Sockets, type SocketState } from '../parts/sockets.ts';
import { Admissions, type Asking } from './admissions.ts';
import { shown, type AgentReport } from './agent-report.ts';
import { Assignment } from './assignment.ts';
import { mayWatch } from './access.ts';
import { Calls } from './calls.ts';
import { DayCount } from './day-count.ts';
import { Queue, type ConversationKey } from './queue.ts';
import { QueuePositions } from './queue-positions.ts';
import { DepartmentStorage, type WaitingFilter } from './storage.ts';

const now = () => Date.now();

type ServerFrame = StreamServerFrame<DepartmentState, DepartmentEvent>;

export class Department extends DurableObject<Env> {
  readonly #storage: DepartmentStorage;
  readonly #sockets: Sockets<ServerFrame, SocketState>;
  readonly #alarm: Alarm;
  readonly #queue: Queue;
  readonly #roster: Map<AgentId, AgentReport>;
  readonly #admissions: Admissions;
  readonly #assignment: Assignment;
  readonly #positions: QueuePositions;
  readonly #calls: Calls;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#storage = new DepartmentStorage(context.storage);
    this.#sockets = new Sockets(context, now);
    this.#sockets.renewFormer(settingsOf(env));
    this.#alarm = new Alarm(context.storage);
    this.#queue = new Queue(this.#storage);
    this.#roster = new Map(this.#storage.roster().map((report) => [report.agentId, report]));
    const common = { id: this.#id, env, queue: this.#queue, roster: this.#roster, now };
    const today = new DayCount(context.storage.sql);
    this.#admissions = new Admissions({
      ...{ ...common, storage: this.#storage, today },
      onCeiling: (ceiling) => this.#broadcast({ type: 'ceiling.changed', ceiling }),
    });
    this.#assignment = new Assignment({ ...common, alarm: this.#alarm });
    this.#calls = new Calls({ ...common, isHere: (id) => this.#sockets.isHere(id) });
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

  /** Whether somebody could answer now, and whether one more may wait. @param asking null: somebody only looks */
  status(asking: Asking | null): DepartmentStatus {
    return this.#admissions.status(asking);
  }

  roster(): RosterEntry[] {
    return [...this.#roster.values()].map(shown);
  }

  /** What an agent may see and do has changed, or is over. */
  closeAllOf(agentId: AgentId, why: Closing): void {
    this.#sockets.closeAllOf(agentId, why);
  }

  /** Every conversation that is or was in this queue, in the order of keys, from behind `after` on. */
  conversations(after: ConversationKey | null, limit: number): ConversationKey[] {
    return this.#storage.keys(after, limit);
  }

  /** Conversations that wait, in the order of keys, from behind `after` on. */
  waiting(which: WaitingFilter, after: ConversationKey | null, limit: number): ConversationKey[] {
    return this.#storage.waiting(which, after, limit);
  }

  /** Visitors are let in no more, or again. */
  setBlocked(visitorIds: readonly VisitorId[], isBlocked: boolean): void {
    for (const id of visitorIds) this.#storage.blocked.set(id, isBlocked);
  }

  /** A visitor has come back: their position is sent to the conversation soon, if it waits here. */
  tellPosition(key: ConversationKey): void {
    this.#positions.tell(key);
  }

  /** One of its agents has not seen what they were called to. */
  async tellColleagues(
    alert: Alert,
    except: AgentId | null,
    which: 'colleague' | 'department',
  ): Promise<void> {
    await this.#calls.toColleagues(alert, except, which);
  }

  /** As many of its offline messages are open. */
  tellOpenMessages(open: number): void {
    this.#broadcast({ type: 'offline-messages.counted', open });
  }

  // What conversations and agents report. A report may come twice, or late; it is answered when all that it leads
  // to has been done, and comes again when that fails. So nothing is ever left undone.

  /**
   * A conversation waits, as of `entry.seq`.
   * @param preferred the agents who should have it if they can, the first of them first
   */
  async put(entry: QueueEntry, preferred: readonly AgentId[]): Promise<void> {
    const change = this.#storage.put(entry);
    if (change) {
      const { conversationId, seq } = entry;
      const wasInSight = this.#queue.isInSight(conversationId);
      this.#queue.put(entry, !change.waited);
      this.#admissions.arrived(conversationId, change.isNew);
      this.#assignment.heard(conversationId, seq);
      this.#showPut(entry, wasInSight);
      if (change.moves) this.#positions.tell(entry);
      if (!change.waited) this.ctx.waitUntil(this.#callToQueue(entry));
    }
    await this.#assignment.offerPreferred(entry, preferred);
    await this.#assignment.route();
  }

  /** A conversation waits no longer, as of its `seq`. */
  remove(key: ConversationKey, seq: number): void {
    const { conversationId } = key;
    if (!this.#storage.remove(key, seq)?.waited) return;
    const wasInSight = this.#queue.isInSight(conversationId);
    this.#queue.remove(conversationId);
    this.#assignment.left(conversationId);
    this.#positions.left(conversationId);
    if (wasInSight) this.#showRemoved(conversationId);
    this.#positions.tellMoves();
  }

  /** A conversation is erased, as of its `seq`. */
  forget(key: ConversationKey, seq: number): void {
    this.remove(key, seq);
    this.#storage.forget(key);
  }

  /** What an agent says of themselves, as of its version. */
  async announce(report: AgentReport): Promise<void> {
    if (this.#isNews(report, this.#roster.get(report.agentId))) {
      this.#roster.set(report.agentId, report);
      this.#broadcast({ type: 'roster.changed', entry: shown(report) });
    }
    await this.#assignment.route();
  }

  /** An agent is no longer a member. */
  removeRosterEntry(agentId: AgentId, version: number): void {
    if (!this.#storage.putReport(agentId, version, null)) return;
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

  async #callToQueue(entry: QueueEntry): Promise<void> {
    await this.#calls
      .toQueue(entry)
      .catch((error: unknown) => console.error('unreachable', String(error)));
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
  #isNews(report: AgentReport, known: AgentReport | undefined): boolean {
    if (known && report.version <= known.version) return false;
    const hasNewStatus =
      known?.availability !== report.availability ||
      known.online !== report.online ||
      known.name !== report.name ||
      known.pushed !== report.pushed;
    const { routing } = policyOf(settingsOf(this.env), this.#id);
    if (routing.method === 'manual' && !hasNewStatus) return true;
    return this.#storage.putReport(report.agentId, report.version, report);
  }

  #snapshot(): DepartmentState {
    const { ceiling } = this.#admissions;
    return { departmentId: this.#id, queue: this.#queue.inSight(), roster: this.roster(), ceiling };
  }

  /** Agents hear of what they see, so a long queue costs them no more than a short one. */
  #showPut(entry: QueueEntry, wasInSight: boolean): void {
    const { conversationId } = entry;
    if (this.#queue.isInSight(conversationId)) this.#broadcast({ type: 'entry.put', entry });
    else if (wasInSight) this.#showRemoved(conversationId);
  }

  #showRemoved(conversationId: ConversationId): void {
    this.#broadcast({ type: 'entry.removed', conversationId });
    const entry = this.#queue.at(QUEUE_IN_SIGHT);
    if (entry) this.#broadcast({ type: 'entry.appeared', entry });
  }

  #broadcast(event: DepartmentEvent): void {
    const frame = { type: 'events' as const, events: [event] };
    this.#sockets.broadcast(() => frame);
  }
}
