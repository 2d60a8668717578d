// One agent: grants their slots, and knows whether they are available. The sockets of their workspace tabs are here;
// conversations ask for a slot, departments are told what changes.

import { DurableObject } from 'cloudflare:workers';
import type { AgentCommand, AgentEvent, AgentState } from '#shared/agent.ts';
import type { AgentRef } from '#shared/conversation/events.ts';
import { agentClientFrame, PROTOCOL, type StreamServerFrame } from '#shared/frames.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import type { AgentId, ConversationId, DepartmentId } from '#shared/ids.ts';
import { accept, type Outcome } from '#shared/refusals.ts';
import { grantHelp, grantSlot } from '#shared/slots.ts';
import { settingsOf } from '../../io/settings.ts';
import { Alarm } from '../parts/alarm.ts';
import { identityOf } from '../parts/identity-header.ts';
import { migrate } from '../parts/migrate.ts';
import type { Outbox } from '../parts/outbox.ts';
import { Sockets, type SocketState } from '../parts/sockets.ts';
import { Timers } from '../parts/timers.ts';
import { openOutbox } from './delivery.ts';
import { Drafts } from './drafts.ts';
import { offlineEffects, rosterEffects, type AgentEffect } from './effects.ts';
import { accessOf, afterSlotUpdate, PresenceTable, type AgentPresence } from './presence.ts';
import { SCHEMA } from './schema.ts';
import { Slots, type SlotRequest, type SlotUpdate } from './slots.ts';
import { SocketsElsewhere } from './sockets-elsewhere.ts';
import { usageOf } from './usage.ts';

/** How often an online agent's tabs are counted: a line that was lost closes no socket by itself. */
const WATCH_EVERY_MS = 300_000;

const now = () => Date.now();

export class Agent extends DurableObject<Env> {
  readonly #sockets: Sockets<
    StreamServerFrame<AgentState, AgentEvent>,
    SocketState<AgentPrincipal>
  >;
  readonly #slots: Slots;
  readonly #elsewhere: SocketsElsewhere;
  readonly #drafts: Drafts;
  readonly #presences: PresenceTable;
  readonly #timers: Timers<'grace' | 'watch' | 'lapse'>;
  readonly #outbox: Outbox<AgentEffect>;
  readonly #alarm: Alarm;
  #presence: AgentPresence;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    const { sql } = context.storage;
    migrate(context.storage, SCHEMA);
    this.#sockets = new Sockets(context, now);
    this.#sockets.renewFormer(settingsOf(env));
    this.#slots = new Slots(sql);
    this.#elsewhere = new SocketsElsewhere({ id: this.#id, sql, slots: this.#slots, env });
    this.#drafts = new Drafts(sql, (id) => this.#elsewhere.has(id));
    this.#presences = new PresenceTable(sql);
    this.#timers = new Timers(sql);
    this.#outbox = openOutbox(sql, {
      ...{ id: this.#id, env, now },
      presence: () => this.#presence,
      announceTo: (departmentId) => this.#announceTo(departmentId),
    });
    this.#alarm = new Alarm(context.storage);
    this.#presence = this.#presences.load(this.#id);
  }

  /** The upgrade of a workspace tab, whose identity the Worker has established. */
  override async fetch(request: Request): Promise<Response> {
    const { by, lookedUpAt } = identityOf(request);
    if (by.kind !== 'agent') throw new Error('an agent is only for themselves');
    if (!this.#sockets.isOutdated(this.#id, lookedUpAt)) {
      if (this.#isLongGone()) this.#goOffline();
      this.#timers.cancel('grace');
      this.#timers.set('watch', now() + WATCH_EVERY_MS);
      this.#change({ ...accessOf(by), online: true });
      await this.#arm();
    }
    return this.#sockets.accept({ by, lookedUpAt }, {});
  }

  snapshot(): AgentState {
    const { agentId } = this.#presence;
    const availability = this.#isLongGone() ? 'away' : this.#presence.availability;
    return { agentId, availability, slots: this.#slots.all(), drafts: this.#drafts.all() };
  }

  /** Grants a slot; it must be confirmed within half a minute. */
  async reserveSlot(request: SlotRequest): Promise<Outcome<AgentRef>> {
    const { conversationId, departmentId, as } = request;
    const usage = this.#usageBut(conversationId, departmentId);
    const granted =
      as === 'serving'
        ? grantSlot(this.#presence, usage)
        : grantHelp(this.#presence, usage, settingsOf(this.env).limits.invited_count);
    if (granted.ok) this.#slots.reserve(request, now());
    else if (granted.refusal.code === 'agent.full') await this.#watchReservations();
    return granted;
  }

  /** Gives back a slot that was reserved and not needed. */
  async releaseSlot(conversationId: ConversationId): Promise<void> {
    this.#slots.release(conversationId);
    if (this.#timers.cancel('lapse')) this.#tell(this.#presence);
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
      this.#presence = afterSlotUpdate(this.#presence, as, before, now());
      this.#presences.save(this.#presence);
      this.#broadcast(
        as ? { type: 'slot.held', conversationId, as } : { type: 'slot.released', conversationId },
      );
    }
    await Promise.all(this.#presence.departments.map((id) => this.#announceTo(id)));
  }

  /** The agent has a socket at a conversation. False for one that was on its way while theirs were closed. */
  noteOpened(conversationId: ConversationId, lookedUpAt: number): boolean {
    if (this.#sockets.isOutdated(this.#id, lookedUpAt)) return false;
    this.#elsewhere.note(conversationId, now());
    return true;
  }

  /** Their sessions are over: all of their sockets are closed, and what they serve is handed on. */
  async signOut(): Promise<void> {
    this.#goOffline();
    await this.#closeSockets('unauthenticated');
  }

  /** What they may do has changed: their sockets come back with it. */
  async renew(by: AgentPrincipal): Promise<void> {
    this.#change(accessOf(by));
    await this.#closeSockets('renew');
  }

  /** Their account is gone. */
  async remove(): Promise<void> {
    const departments: DepartmentId[] = [];
    this.#tell(
      { ...this.#presence, availability: 'away', online: false, departments },
      offlineEffects(this.#slots.served(), true),
    );
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
    this.#countTabs();
    await this.#arm();
  }

  override async alarm(): Promise<void> {
    this.#alarm.fired();
    const due = this.#timers.takeDue(now());
    if (due.includes('watch')) this.#countTabs();
    if (due.includes('grace') && this.#sockets.open().length === 0) this.#goOffline();
    if (due.includes('lapse')) this.#tell(this.#presence);
    await this.#outbox.drain();
    await this.#arm();
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

  #perform(command: AgentCommand, from: WebSocket): Outcome<null> {
    switch (command.type) {
      case 'draft.keep': {
        const { conversationId, text } = command;
        const kept = this.#drafts.keep(conversationId, text);
        // The tab that it comes from may be further by now.
        if (kept.ok) this.#broadcast({ type: 'draft.kept', conversationId, text }, from);
        return kept;
      }
      case 'availability.set': {
        const { availability } = command;
        this.#change({ availability });
        this.#broadcast({ type: 'availability.changed', availability });
        return accept(null);
      }
    }
  }

  /** Without any tab the grace period begins, with some they are watched on. */
  #countTabs(): void {
    if (this.#sockets.open().length > 0) return this.#timers.set('watch', now() + WATCH_EVERY_MS);
    this.#timers.cancel('watch');
    if (!this.#presence.online) return;
    this.#timers.set('grace', now() + settingsOf(this.env).presence.grace_seconds * 1000);
  }

  #usageBut(except: ConversationId | null, departmentId: DepartmentId) {
    const { maxConversations } = this.#presence;
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

  /** As the alarm would have said, which after a stop of the server is still on its way. */
  #isLongGone(): boolean {
    const isDue = this.#timers.isDue('grace', now()) || this.#timers.isDue('watch', now());
    return isDue && this.#presence.online && this.#sockets.open().length === 0;
  }

  async #closeSockets(why: 'unauthenticated' | 'renew'): Promise<void> {
    this.#sockets.closeAllOf(this.#id, why);
    this.#countTabs();
    await this.#arm();
    await this.#elsewhere.close(why);
  }

  #goOffline(): void {
    if (!this.#presence.online) return;
    this.#tell(
      { ...this.#presence, online: false, availability: 'away' },
      offlineEffects(this.#slots.served(), false),
    );
  }

  #change(change: Partial<AgentPresence>): void {
    const presence = { ...this.#presence, ...change };
    if (JSON.stringify(presence) !== JSON.stringify(this.#presence)) this.#tell(presence);
  }

  /** Stores it and tells the departments, those that the agent has left included. */
  #tell(told: AgentPresence, further: readonly AgentEffect[] = []): void {
    const before = this.#presence;
    const presence = { ...told, version: before.version + 1 };
    this.ctx.storage.transactionSync(() => {
      this.#presences.save(presence);
      this.#outbox.post([...rosterEffects(before, presence), ...further]);
    });
    this.#presence = presence;
    this.ctx.waitUntil(this.#drain());
  }

  async #drain(): Promise<void> {
    await this.#arm();
    await this.#outbox.drain();
    await this.#arm();
  }

  async #arm(): Promise<void> {
    await this.#alarm.arm(this.#outbox.nextAt(), this.#timers.nextAt());
  }

  #announceTo(departmentId: DepartmentId): Promise<void> {
    const { maxConversations: _, departments: __, ...entry } = this.#presence;
    const { open, openHere, limit, serves } = this.#usageBut(null, departmentId);
    const department = this.env.DEPARTMENT.getByName(departmentId);
    return department.announce({ ...entry, open, openHere, limit, serves });
  }

  #broadcast(event: AgentEvent, except: WebSocket | null = null): void {
    const frame = { type: 'events' as const, events: [event] };
    this.#sockets.broadcast((_state, socket) => (socket === except ? null : frame));
  }
}
