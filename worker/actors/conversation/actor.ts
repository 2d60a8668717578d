// One conversation: the only writer of its log. The sockets of its visitor and its agents are here; platforms,
// programs, departments and timers give it commands as well. It never waits for another actor while it decides.

import { DurableObject } from 'cloudflare:workers';
import type { Alert, AlertReason } from '#shared/alerts/alert.ts';
import type { EventsPage } from '#shared/conversation/events-page.ts';
import { isVisitor, mayRead, talksIn } from '#shared/conversation/access.ts';
import type { Command, SystemCommand } from '#shared/conversation/commands.ts';
import { deadlineOf, type Deadline } from '#shared/conversation/deadlines.ts';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import { isPresence, type QueuePosition } from '#shared/conversation/signals.ts';
import { EVENTS_PER_PAGE, type ConversationSnapshot } from '#shared/conversation/snapshot.ts';
import type { ConversationState } from '#shared/conversation/state.ts';
import {
  conversationClientFrame,
  type Closing,
  type ConversationClientFrame,
  type LogServerFrame,
} from '#shared/frames.ts';
import { audienceOf, SYSTEM, type Principal } from '#shared/identity.ts';
import { newCommandId, type AgentId, type CommandId, type ConversationId } from '#shared/ids.ts';
import { accept, refusal, refuse, type Outcome } from '#shared/refusals.ts';
import type { ConversationSearchQuery } from '#shared/search/bodies.ts';
import { settingsOf } from '../../io/settings.ts';
import { countRefused } from '../../operator-log.ts';
import { Alarm } from '../parts/alarm.ts';
import { closedSocket } from '../parts/closed-socket.ts';
import { CommandQueue } from '../parts/command-queue.ts';
import { identityOf } from '../parts/identity-header.ts';
import { LogStream, NEW_LOG_SOCKET, type LogSocketState } from '../parts/log-stream.ts';
import type { Outbox } from '../parts/outbox.ts';
import { searchLog } from '../parts/search/search.ts';
import { Sockets } from '../parts/sockets.ts';
import { ConversationAggregate, type Request, type Verdict } from './aggregate.ts';
import { alertOf } from './alert-of.ts';
import { Allowance } from './allowance.ts';
import { answersTo, releaseUnneeded } from './answers.ts';
import { Ceiling } from './ceiling.ts';
import { callAbsent } from './call-absent.ts';
import { openOutbox } from './delivery.ts';
import { isPreview, type ConversationEffect } from './effects.ts';
import { KnownPosition } from './known-position.ts';
import { openLog, type ConversationLog } from './log.ts';
import { Presence } from './presence.ts';
import { Previews } from './previews.ts';
import { Lag } from './projections/lag.ts';
import { Projector } from './projections/projector.ts';
import { PROJECTIONS, type ProjectionName } from './projections/registry.ts';
import { Retention } from './retention.ts';
import { Schedule } from './schedule.ts';
import { tellOpened } from './tell-opened.ts';
import { tooMany } from './room.ts';

const now = () => Date.now();

type ServerFrame = LogServerFrame<ConversationState, ConversationEvent>;
type CommandFrame = Extract<ConversationClientFrame, { type: 'command' }>;

export class Conversation extends DurableObject<Env> {
  readonly #sockets: Sockets<ServerFrame, LogSocketState>;
  readonly #commands = new CommandQueue();
  readonly #log: ConversationLog;
  readonly #stream: LogStream<ConversationState, ConversationEvent>;
  readonly #aggregate: ConversationAggregate;
  readonly #projector: Projector;
  readonly #lag: Lag;
  readonly #outbox: Outbox<ConversationEffect>;
  readonly #alarm: Alarm;
  readonly #schedule: Schedule;
  readonly #allowance: Allowance;
  readonly #retention: Retention;
  readonly #presence: Presence;
  readonly #position = new KnownPosition();

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    const { storage } = context;
    this.#sockets = new Sockets(context, now);
    this.#sockets.renewFormer(settingsOf(env));
    this.#log = openLog(storage);
    this.#stream = new LogStream(this.#log, this.#sockets, { mayRead, takesPart: talksIn });
    this.#presence = new Presence(this.#sockets, this.#stream);
    this.#projector = new Projector(this.#id, this.#log, PROJECTIONS, env);
    this.#lag = new Lag('search', { ...this.#deps, projector: this.#projector });
    this.#outbox = openOutbox(storage.sql, { ...this.#deps, projector: this.#projector });
    this.#alarm = new Alarm(storage);
    this.#retention = new Retention({
      ...this.#deps,
      storage,
      alarm: this.#alarm,
      sockets: this.#sockets,
    });
    this.#schedule = new Schedule(this.#alarm, {
      deadlineAt: () => this.#deadline?.at ?? this.#retention.endsAt,
      lagEndsAt: () => this.#lag.endsAt,
      outboxAt: () => this.#outbox.nextAt(),
      goesOn: () => this.#log.state.status !== 'closed',
    });
    const previews = new Previews(this.#outbox, now);
    this.#allowance = new Allowance(settingsOf(env).limits);
    this.#aggregate = new ConversationAggregate({
      log: this.#log,
      ceiling: new Ceiling(storage.sql, this.#log),
      post: (effects) => (isPreview(effects) ? previews : this.#outbox).post(effects),
      settings: () => settingsOf(env),
      now,
    });
  }

  /** The upgrade of a socket whose identity the Worker has established. */
  override fetch(request: globalThis.Request): Response {
    const identity = identityOf(request);
    const { by, lookedUpAt } = identity;
    if (!mayRead(this.#log.state, by)) return closedSocket('forbidden');
    for (const socket of tooMany(this.#sockets.open(), by)) this.#sockets.close(socket, 'busy');
    const deps = { ...this.#deps, sockets: this.#sockets };
    if (by.kind === 'agent') this.ctx.waitUntil(tellOpened(by.agentId, lookedUpAt, deps));
    return this.#sockets.accept(identity, NEW_LOG_SOCKET);
  }

  /** What a page is first rendered from. */
  snapshot(by: Principal): Outcome<ConversationSnapshot> {
    if (!this.#isKnownTo(by)) return refuse('conversation.unknown');
    const audience = audienceOf(by);
    return accept({
      conversationId: this.#id,
      ...this.#log.headFor(audience),
      ...this.#log.before(this.#log.seq + 1, EVENTS_PER_PAGE, audience),
    });
  }

  /** The page of the log that ends before `seq`. */
  page(by: Principal, before: number): Outcome<EventsPage> {
    if (!this.#isKnownTo(by)) return refuse('conversation.unknown');
    return accept(this.#log.before(before, EVENTS_PER_PAGE, audienceOf(by)));
  }

  /** What was said that matches, the latest first. */
  async search(by: Principal, query: ConversationSearchQuery): ReturnType<typeof searchLog> {
    if (!this.#isKnownTo(by)) return refuse('conversation.unknown');
    const { state } = this.#log;
    return searchLog(this.#log, query, state.status === 'new' ? '' : state.visitor.name);
  }

  /**
   * The one way to change the conversation. Answers with the `seq` of the command's last event.
   * @param id minted by who gives the command; a retry carries the same one and gets the same answer
   * @param after the last `seq` that they had
   */
  async perform(
    by: Principal,
    command: Command,
    id: CommandId,
    after: number,
  ): Promise<Outcome<number>> {
    const verdict = await this.#perform({ by, command, id, after });
    return verdict.ok ? accept(verdict.value.seq) : verdict;
  }

  /** Its department tells the visitor's position in the queue. */
  sendQueuePosition(position: QueuePosition): void {
    const { state } = this.#log;
    if (state.status !== 'queued') return;
    this.#position.hear(position, state.queuedAt);
    this.#stream.notify({ type: 'queue', position }, ({ by }) => isVisitor(by));
  }

  /** What of it still needs an agent who may not have seen it; null: nothing. */
  alertFor(agentId: AgentId, reason: AlertReason): Alert | null {
    return alertOf(this.#id, this.#log, agentId, reason);
  }

  /** What an agent may see and do has changed, or is over. */
  closeAllOf(agentId: AgentId, why: Closing): void {
    this.#sockets.closeAllOf(agentId, why);
  }

  /** Derives a projection again from the log. */
  async rebuild(name: ProjectionName): Promise<void> {
    await this.#projector.rebuild(name);
  }

  /** An operator has the outbox try once more what it gave up. */
  async requeue(outboxId: number): Promise<void> {
    this.#outbox.requeue(outboxId);
    await this.#drain();
  }

  override webSocketMessage(
    socket: WebSocket,
    data: string | ArrayBuffer,
  ): Promise<void> | undefined {
    return this.#sockets.receive(socket, conversationClientFrame, data, (frame) => {
      if (frame.type === 'command') {
        return this.#commands.take(socket, () => this.#answer(socket, frame));
      }
      if (frame.type === 'hello') this.#welcome(socket, frame.since);
      else if (isPresence(frame.signal)) this.#presence.hear(socket, frame.signal);
      else this.#stream.signal(socket, frame.signal);
      return undefined;
    });
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    this.#sockets.answerClose(socket, code);
    this.#presence.left(socket);
    // The next hibernation would forget what only this socket knew.
    this.#log.saveReceipts();
  }

  override async alarm(): Promise<void> {
    this.#alarm.fired();
    for (let due = this.#deadline; due && due.at <= now(); due = this.#deadline) {
      await this.#deps.perform({ type: 'conversation.expire' });
    }
    if (await this.#retention.end()) return;
    await this.#lag.end();
    await this.#drain();
  }

  get #id(): ConversationId {
    // The Worker addresses conversations by ids that it has parsed.
    return this.ctx.id.name as ConversationId;
  }

  get #deps() {
    const perform = (command: SystemCommand) =>
      this.perform(SYSTEM, command, newCommandId(), this.#log.seq);
    return { id: this.#id, log: this.#log, env: this.env, perform, now };
  }

  get #deadline(): Deadline | null {
    return deadlineOf(this.#log.state, settingsOf(this.env));
  }

  #isKnownTo(by: Principal): boolean {
    return this.#log.state.status !== 'new' && mayRead(this.#log.state, by);
  }

  #welcome(socket: WebSocket, since: number | null): void {
    this.#stream.welcome(socket, since);
    this.#presence.welcome(socket);
    const { state } = this.#log;
    const { by, greeted } = this.#sockets.stateOf(socket);
    if (state.status !== 'queued' || !isVisitor(by) || !greeted) return;
    if (this.#position.isToBeAsked(state.queuedAt, now())) {
      const department = this.env.DEPARTMENT.getByName(state.departmentId);
      const key = { conversationId: this.#id, visitorId: state.visitor.id };
      this.ctx.waitUntil(department.tellPosition(key));
      return;
    }
    const position = this.#position.of(state.queuedAt);
    if (!position) return; // Every socket hears the answer that is on its way.
    this.#sockets.send(socket, { type: 'signal', signal: { type: 'queue', position } });
  }

  #answer(socket: WebSocket, frame: CommandFrame): Promise<void> | undefined {
    const { id, after, command, receipt } = frame;
    if (receipt) this.#stream.hearReceipt(socket, receipt);
    const { by } = this.#sockets.stateOf(socket);
    const seconds = this.#allowance.secondsToWait(by, command, now());
    if (seconds !== null) {
      countRefused('command');
      return this.#sockets.refuse(socket, id, refusal('rate.limited', { seconds }));
    }
    const verdict = this.#perform({ by, command, id, after });
    const reply = (given: Verdict) => this.#stream.reply(socket, id, given);
    return verdict instanceof Promise ? verdict.then(reply) : reply(verdict);
  }

  #perform(request: Request): Verdict | Promise<Verdict> {
    const requirements = this.#aggregate.requirementsOf(request);
    if (!requirements) return this.#tell(this.#aggregate.perform(request, null));
    return answersTo(requirements, request.by, this.#deps).then((answers) => {
      const verdict = this.#tell(this.#aggregate.perform(request, answers));
      this.ctx.waitUntil(releaseUnneeded(requirements, answers, this.#deps));
      return verdict;
    });
  }

  /** Tells everyone what has happened, and sees to what follows from it. */
  #tell(verdict: Verdict): Verdict {
    if (!verdict.ok || verdict.value.events.length === 0) return verdict;
    // Before its first event, other visitors may have been there.
    if (verdict.value.before.status === 'new') this.#stream.closeStrangers();
    this.#stream.broadcast(verdict.value);
    this.ctx.waitUntil(callAbsent(verdict.value.events, this.#sockets, this.#deps));
    const arming = this.#outbox.hasNew ? this.#drain() : this.#schedule.watch();
    if (arming) this.ctx.waitUntil(arming);
    return verdict;
  }

  /** Delivers the outbox; the alarm stands by for as long as something is left in it. */
  async #drain(): Promise<void> {
    await this.#schedule.arm();
    await this.#outbox.drain();
    await this.#schedule.arm();
  }
}
