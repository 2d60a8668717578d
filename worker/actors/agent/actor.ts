// One agent: grants their slots, and knows whether they are available. The sockets of their workspace tabs are here;
// conversations ask for a slot, departments are told what changes.

import { DurableObject } from 'cloudflare:workers';
import type { AgentCommand, AgentEvent, AgentState } from '#shared/agent.ts';
import type { Alert } from '#shared/alerts/alert.ts';
import type { AgentRef } from '#shared/conversation/events.ts';
import { agentClientFrame, PROTOCOL, type StreamServerFrame } from '#shared/frames.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import type { AgentId, ConversationId, DepartmentId } from '#shared/ids.ts';
import type { Outcome } from '#shared/refusals.ts';
import { grantHelp, grantSlot } from '#shared/slots.ts';
import { settingsOf } from '../../io/settings.ts';
import { Alarm } from '../parts/alarm.ts';
import { identityOf } from '../parts/identity-header.ts';
import { migrate } from '../parts/migrate.ts';
import type { Outbox } from '../parts/outbox.ts';
import { Sockets, type SocketState } from '../parts/sockets.ts';
import { Timers } from '../parts/timers.ts';
import { Alerts } from './alerts.ts';
import { offline } from './availability.ts';
import { openOutbox } from './delivery.ts';
import { perform } from './commands.ts';
import { Drafts } from './drafts.ts';
import type { AgentEffect } from './effects.ts';
import { Inbox, type News } from './inbox.ts';
import { OwnPresence } from './own-presence.ts';
import { accessOf, afterSlotUpdate } from './presence.ts';
import { SCHEMA } from './schema.ts';
import { Slots, type SlotRequest, type SlotUpdate } from './slots.ts';
import { SocketsElsewhere, type OpenedId } from './sockets-elsewhere.ts';
import { Tabs } from './tabs.ts';
import { usageOf } from './usage.ts';

const now = () => Date.now();

export class Agent extends DurableObject<Env> {
  readonly #sockets: Sockets<
    StreamServerFrame<AgentState, AgentEvent>,
    SocketState<AgentPrincipal>
  >;
  readonly #slots: Slots;
  readonly #elsewhere: SocketsElsewhere;
  readonly #drafts: Drafts;
  readonly #inbox: Inbox;
  readonly #presence: OwnPresence;
  readonly #timers: Timers<'grace' | 'watch' | 'lapse'>;
  readonly #tabs: Tabs;
  readonly #alerts: Alerts;
  readonly #outbox: Outbox<AgentEffect>;
  readonly #alarm: Alarm;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    const { sql } = context.storage;
    migrate(context.storage, SCHEMA);
    this.#sockets = new Sockets(context, now);
    this.#sockets.renewFormer(settingsOf(env));
    this.#slots = new Slots(sql);
    this.#elsewhere = new SocketsElsewhere({ id: this.#id, sql, slots: this.#slots, env });
    this.#drafts = new Drafts(sql, (key) => this.#elsewhere.mayWrite(key));
    this.#presence = new OwnPresence({
      ...{ id: this.#id, storage: context.storage, slots: this.#slots, env },
      outbox: () => this.#outbox,
      usageIn: (departmentId) => this.#usageBut(null, departmentId),
      drain: () => context.waitUntil(this.#drain()),
    });
    this.#timers = new Timers(sql);
    this.#tabs = new Tabs({
      ...{ timers: this.#timers, now },
      isOpen: () => this.#sockets.open().length > 0,
      isOnline: () => this.#presence.current.online,
      graceMs: () => settingsOf(env).presence.grace_seconds * 1000,
    });
    this.#outbox = openOutbox(sql, {
      ...{ id: this.#id, env, now },
      presence: () => this.#presence.current,
      announceTo: (departmentId) => this.#presence.announceTo(departmentId),
    });
    this.#alarm = new Alarm(context.storage);
    this.#alerts = new Alerts({
      ...{ id: this.#id, sql, env, now },
      hasTab: () => this.#sockets.greeted().length > 0,
      presence: () => this.#presence.current,
      change: (change) => this.#presence.change(change),
      broadcast: (event, except) => this.#broadcast(event, except),
      wake: () => this.ctx.waitUntil(this.#climb()),
    });
    this.#inbox = new Inbox(sql, this.#alerts, (event) => this.#broadcast(event));
  }

  /** The upgrade of a workspace tab, whose identity the Worker has established. */
  override async fetch(request: Request): Promise<Response> {
    const { by, lookedUpAt } = identityOf(request);
    if (by.kind !== 'agent') throw new Error('an agent is only for themselves');
    if (!this.#sockets.isOutdated(this.#id, lookedUpAt)) {
      if (this.#tabs.areLongGone()) this.#presence.goOffline();
      this.#tabs.opened();
      this.#presence.change({ ...accessOf(by), online: true, reachable: false });
      await this.#arm();
    }
    return this.#sockets.accept({ by, lookedUpAt }, {});
  }

  snapshot(): AgentState {
    const { current } = this.#presence;
    const presence = this.#tabs.areLongGone() ? offline(current) : current;
    const { agentId, availability, awayReason } = presence;
    const [slots, { preferences: alerts }] = [this.#slots.all(), this.#alerts];
    const kept = { slots, alerts, ...this.#drafts.all(), ...this.#inbox.all() };
    return { agentId, availability, awayReason, ...kept };
  }

  /** Grants a slot; it must be confirmed within half a minute. */
  async reserveSlot(request: SlotRequest): Promise<Outcome<AgentRef>> {
    const { conversationId, departmentId, as } = request;
    const usage = this.#usageBut(conversationId, departmentId);
    const granted =
      as === 'serving'
        ? grantSlot(this.#presence.current, usage)
        : grantHelp(this.#presence.current, usage, settingsOf(this.env).limits.invited_count);
    if (granted.ok) this.#slots.reserve(request, now());
    else if (granted.refusal.code === 'agent.full') await this.#watchReservations();
    return granted;
  }

  /** Gives back a slot that was reserved and not needed. */
  async releaseSlot(conversationId: ConversationId): Promise<void> {
    this.#slots.release(conversationId);
    if (this.#timers.cancel('lapse')) this.#presence.tell();
  }

  /**
   * What the conversation itself says of its slot. May come twice, or late. Answered when the agent's departments
   * know what it changes, so that a slot that is free again is never left unused.
   */
  async confirmSlot(update: SlotUpdate): Promise<void> {
    const { conversationId, as } = update;
    const before = this.#slots.historyOf(conversationId);
    if (this.#slots.confirm(update, now())) {
      if (as === null) this.#drafts.forget(conversationId);
      this.#alerts.arrived(update);
      this.#presence.keep(afterSlotUpdate(this.#presence.current, as, before, now()));
      this.#broadcast(
        as ? { type: 'slot.held', conversationId, as } : { type: 'slot.released', conversationId },
      );
    }
    const { departments } = this.#presence.current;
    await Promise.all(departments.map((id) => this.#presence.announceTo(id)));
  }

  /** Something needs the agent. May come twice. */
  alert(alert: Alert): void {
    this.#alerts.raise(alert);
  }

  /** Whether a device of theirs takes pushes. */
  noteDevices(hasDevices: boolean): void {
    this.#alerts.noteDevices(hasDevices);
  }

  /** They have a socket there. False for one that was on its way while theirs were closed. */
  noteOpened(id: OpenedId, lookedUpAt: number): boolean {
    if (this.#sockets.isOutdated(this.#id, lookedUpAt)) return false;
    this.#elsewhere.note(id, now());
    return true;
  }

  /** Of a direct chat of theirs, or of a note that mentions them. May come twice, or late. */
  hear(news: News): void {
    this.#inbox.put(news);
  }

  /** Their sessions are over: all of their sockets are closed, and what they serve is handed on. */
  async signOut(): Promise<void> {
    this.#presence.goOffline();
    this.#presence.change({ reachable: false });
    await this.#closeSockets('unauthenticated');
  }

  /** What they may do has changed: their sockets come back with it. */
  async renew(by: AgentPrincipal): Promise<void> {
    this.#presence.change(accessOf(by));
    await this.#closeSockets('renew');
  }

  /** Their account is gone. */
  async remove(): Promise<void> {
    this.#presence.end();
    await this.#closeSockets('unauthenticated');
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
    return this.#sockets.receive(socket, agentClientFrame, data, (frame) => {
      if (frame.type === 'hello') return this.#welcome(socket);
      const done = this.#perform(frame.command, socket);
      if (!done.ok) return this.#sockets.refuse(socket, frame.id, done.refusal);
      this.#sockets.send(socket, { type: 'accepted', id: frame.id, seq: 0 });
      return undefined;
    });
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    this.#sockets.answerClose(socket, code);
    this.#tabs.count();
    await this.#arm();
  }

  override async alarm(): Promise<void> {
    this.#alarm.fired();
    const due = this.#timers.takeDue(now());
    if (due.includes('watch')) this.#tabs.count();
    if (due.includes('grace') && this.#sockets.open().length === 0) {
      const served = this.#slots.served();
      this.#presence.goOffline();
      this.ctx.waitUntil(this.#alerts.left(served));
    }
    if (due.includes('lapse')) this.#presence.tell();
    await this.#outbox.drain();
    await this.#climb();
  }

  get #id(): AgentId {
    return this.ctx.id.name as AgentId; // The Worker addresses agents by ids that it has parsed.
  }

  #welcome(socket: WebSocket): undefined {
    this.#sockets.amend(socket, { greeted: true });
    const { departments, permissions, maxConversations } = this.#sockets.stateOf(socket).by;
    const state = { ...this.snapshot(), access: { departments, permissions, maxConversations } };
    this.#sockets.send(socket, { type: 'welcome', protocol: PROTOCOL, state });
  }

  #perform(command: AgentCommand, from: WebSocket): Outcome<unknown> {
    const done = perform(command, {
      ...{ drafts: this.#drafts, inbox: this.#inbox, settings: settingsOf(this.env) },
      setPresence: (said) => this.#presence.change(said),
      alert: (asked) => this.#alerts.perform(asked, from),
    });
    if (done.ok && done.value) {
      this.#broadcast(done.value.event, done.value.isForOthers ? from : null);
    }
    return done;
  }

  #usageBut(except: ConversationId | null, departmentId: DepartmentId) {
    const { maxConversations } = this.#presence.current;
    const asked = { departmentId, except, now: now(), maxConversations };
    return usageOf(this.#slots, settingsOf(this.env), asked);
  }

  /** A conversation was refused. When that was for a reservation that comes to nothing, the departments hear it. */
  async #watchReservations(): Promise<void> {
    const until = this.#slots.reservedUntil(now());
    if (until === null) return;
    this.#timers.set('lapse', until);
    await this.#arm();
  }

  async #closeSockets(why: 'unauthenticated' | 'renew'): Promise<void> {
    this.#sockets.closeAllOf(this.#id, why);
    this.#tabs.count();
    await this.#arm();
    await this.#elsewhere.close(why);
  }

  async #drain(): Promise<void> {
    await this.#arm();
    await this.#outbox.drain();
    await this.#arm();
  }

  async #climb(): Promise<void> {
    await this.#arm();
    await this.#alerts.climb();
    await this.#arm();
  }

  async #arm(): Promise<void> {
    await this.#alarm.arm(this.#outbox.nextAt(), this.#timers.nextAt(), this.#alerts.nextAt());
  }

  #broadcast(event: AgentEvent, except: WebSocket | null = null): void {
    const frame = { type: 'events' as const, events: [event] };
    this.#sockets.broadcast((_state, socket) => (socket === except ? null : frame));
  }
}
