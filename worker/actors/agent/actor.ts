// One agent: grants their slots, and knows whether they are available. The sockets of their workspace tabs are here;
// conversations ask for a slot, departments are told what changes.

import { DurableObject } from 'cloudflare:workers';
import type { AgentCommand, AgentEvent, AgentState } from '#shared/agent.ts';
import type { AgentRef } from '#shared/conversation/events.ts';
import { agentClientFrame, PROTOCOL, type StreamServerFrame } from '#shared/frames.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import type { AgentId, ConversationId, DepartmentId } from '#shared/ids.ts';
import type { Outcome } from '#shared/refusals.ts';
import { limitWithin } from '#shared/settings/policy.ts';
import { grantHelp, grantSlot } from '#shared/slots.ts';
import { putUndelivered } from '../../io/undelivered.ts';
import { settingsOf } from '../../io/settings.ts';
import { Alarm } from '../parts/alarm.ts';
import { identityOf } from '../parts/identity-header.ts';
import { migrate } from '../parts/migrate.ts';
import { Outbox } from '../parts/outbox.ts';
import { Sockets, type SocketState } from '../parts/sockets.ts';
import { Timers } from '../parts/timers.ts';
import { deliver } from './delivery.ts';
import { Drafts } from './drafts.ts';
import { offlineEffects, readEffect, rosterEffects, type AgentEffect } from './effects.ts';
import { afterSlotUpdate, newPresence, PresenceTable, type AgentPresence } from './presence.ts';
import { SCHEMA } from './schema.ts';
import { Slots, type SlotRequest, type SlotUpdate } from './slots.ts';

/** How often an online agent's tabs are counted: a line that was lost closes no socket by itself. */
const WATCH_EVERY_MS = 300_000;

const now = () => Date.now();

export class Agent extends DurableObject<Env> {
  readonly #sockets: Sockets<
    StreamServerFrame<AgentState, AgentEvent>,
    SocketState<AgentPrincipal>
  >;
  readonly #slots: Slots;
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
    this.#slots = new Slots(sql);
    this.#drafts = new Drafts(sql);
    this.#presences = new PresenceTable(sql);
    this.#timers = new Timers(sql);
    this.#outbox = new Outbox(sql, {
      read: readEffect,
      deliver: (effect) =>
        deliver(effect, {
          presence: this.#presence,
          env,
          announceTo: (departmentId) => this.#announceTo(departmentId),
        }),
      giveUp: (what) =>
        putUndelivered(env.DIRECTORY, {
          ...{ ...what, actor: 'agent', actorId: this.#id },
          givenUpAt: now(),
        }),
      now,
    });
    this.#alarm = new Alarm(context.storage);
    this.#presence = this.#presences.load() ?? newPresence(this.#id);
  }

  /** The upgrade of a workspace tab, whose identity the Worker has established. */
  override async fetch(request: Request): Promise<Response> {
    const by = identityOf(request);
    if (by.kind !== 'agent') throw new Error('an agent is only for themselves');
    if (this.#isLongGone()) this.#goOffline();
    this.#timers.cancel('grace');
    this.#timers.set('watch', now() + WATCH_EVERY_MS);
    const { name, departments, maxConversations } = by;
    this.#change({ name, departments, maxConversations, online: true });
    await this.#arm();
    return this.#sockets.accept(by, {});
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
      if (as === null) this.#drafts.keep(conversationId, '');
      this.#presence = afterSlotUpdate(this.#presence, as, before, now());
      this.#presences.save(this.#presence);
      this.#broadcast(
        as ? { type: 'slot.held', conversationId, as } : { type: 'slot.released', conversationId },
      );
    }
    await Promise.all(this.#presence.departments.map((id) => this.#announceTo(id)));
  }

  /** Closes every tab, here and where the agent has a slot or watches a queue: their sessions are over. */
  async signOut(): Promise<void> {
    this.#sockets.closeAll('unauthenticated');
    const { CONVERSATION, DEPARTMENT } = this.env;
    const conversations = this.#slots.all().map(({ conversationId }) => conversationId);
    const departments = settingsOf(this.env).departments.map(({ id }) => id);
    await Promise.all([
      ...conversations.map((id) => CONVERSATION.getByName(id).signOut(this.#id)),
      ...departments.map((id) => DEPARTMENT.getByName(id).signOut(this.#id)),
    ]);
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
      this.#perform(frame.command, socket);
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
    this.#sockets.send(socket, { type: 'welcome', protocol: PROTOCOL, state: this.snapshot() });
  }

  #perform(command: AgentCommand, from: WebSocket): void {
    switch (command.type) {
      case 'draft.keep': {
        const { conversationId, text } = command;
        this.#drafts.keep(conversationId, text);
        // The tab that it comes from may be further by now.
        return this.#broadcast({ type: 'draft.kept', conversationId, text }, from);
      }
      case 'availability.set': {
        const { availability } = command;
        this.#change({ availability });
        return this.#broadcast({ type: 'availability.changed', availability });
      }
    }
  }

  /** Without any tab the grace period begins, with some they are watched on. */
  #countTabs(): void {
    if (this.#sockets.open().length > 0) return this.#timers.set('watch', now() + WATCH_EVERY_MS);
    this.#timers.cancel('watch');
    this.#timers.set('grace', now() + settingsOf(this.env).presence.grace_seconds * 1000);
  }

  #usageBut(except: ConversationId | null, departmentId: DepartmentId) {
    const settings = settingsOf(this.env);
    const { limits } = settings;
    const open = this.#slots.open(now(), limits.invited_count, except);
    const here = open.of(departmentId);
    return {
      serves: here.serves,
      open: open.all,
      openHere: here.open,
      limit: this.#presence.maxConversations ?? limits.max_conversations_per_agent,
      limitHere: limitWithin(settings, departmentId),
    };
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

  #goOffline(): void {
    const served = this.#slots.all().filter(({ as }) => as === 'serving');
    this.#tell(
      { ...this.#presence, online: false, availability: 'away' },
      offlineEffects(served.map(({ conversationId }) => conversationId)),
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
