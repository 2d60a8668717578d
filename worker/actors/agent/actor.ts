// One agent: the only one who grants his places, and who says whether he is available. His workspace
// tabs' sockets are here; conversations ask him for a place, departments hear of him.

import { DurableObject } from 'cloudflare:workers';
import type { AgentCommand, AgentEvent, AgentState } from '#shared/agent.ts';
import type { AgentFact } from '#shared/conversation/events.ts';
import { agentClientFrame, PROTOCOL, type AcceptedFrame } from '#shared/frames.ts';
import type { AgentBy } from '#shared/identity.ts';
import type { AgentId, ConversationId, DepartmentId } from '#shared/ids.ts';
import { grantHelp, grantPlace, type Places } from '#shared/places.ts';
import type { Outcome } from '#shared/refusals.ts';
import { limitWithin } from '#shared/settings/policy.ts';
import { putUndelivered } from '../../io/undelivered.ts';
import { settingsOf } from '../../io/settings.ts';
import { Alarm } from '../parts/alarm.ts';
import { identityOf } from '../parts/identity-header.ts';
import { Outbox } from '../parts/outbox.ts';
import { Sockets } from '../parts/sockets.ts';
import { Timers } from '../parts/timers.ts';
import { afterWord, newDesk, type Desk } from './desk.ts';
import { rosterEffects, type AgentEffect } from './effects.ts';
import { AgentStorage, type PlaceWord } from './storage.ts';

/** How often an online agent's tabs are counted: a line that died closes no socket by itself. */
const WATCH_EVERY_MS = 300_000;

/** A conversation that asks for a place. */
export interface PlaceRequest {
  readonly conversationId: ConversationId;
  readonly departmentId: DepartmentId;
  /** Of its log, when it asks. */
  readonly seq: number;
  readonly as: 'serving' | 'helping';
}

const now = () => Date.now();

export class Agent extends DurableObject {
  readonly #storage: AgentStorage;
  readonly #sockets: Sockets<AgentBy>;
  readonly #timers: Timers<'grace' | 'watch' | 'lapse'>;
  readonly #outbox: Outbox<AgentEffect>;
  readonly #alarm: Alarm;
  #desk: Desk;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#storage = new AgentStorage(context.storage);
    this.#sockets = new Sockets(context, now);
    this.#timers = new Timers(context.storage.sql);
    this.#outbox = new Outbox(context.storage.sql, {
      deliver: (effect) => this.#deliver(effect),
      giveUp: (what) =>
        putUndelivered(env.DIRECTORY, {
          ...what,
          actor: 'agent',
          actorId: this.#id,
          givenUpAt: now(),
        }),
      now,
    });
    this.#alarm = new Alarm(context.storage);
    this.#desk = this.#storage.loadDesk() ?? newDesk(this.#id);
  }

  /** The upgrade of a workspace tab, whose identity the Worker has established. */
  override async fetch(request: Request): Promise<Response> {
    const by = identityOf(request);
    if (by.kind !== 'agent') throw new Error('an agent is only for himself');
    this.#timers.cancel('grace');
    this.#timers.set('watch', now() + WATCH_EVERY_MS);
    const { name, departments, chatsAtMost } = by;
    this.#change({ name, departments, chatsAtMost, online: true });
    await this.#arm();
    return this.#sockets.accept(by, {});
  }

  snapshot(): AgentState {
    const { agentId, availability } = this.#desk;
    return {
      agentId,
      availability,
      places: this.#storage.places(),
      drafts: this.#storage.drafts(),
    };
  }

  /** Grants a place; it must be settled within half a minute. */
  async reserve({
    conversationId,
    departmentId,
    seq,
    as,
  }: PlaceRequest): Promise<Outcome<AgentFact>> {
    const places = this.#placesBut(conversationId, departmentId);
    const granted =
      as === 'serving'
        ? grantPlace(this.#desk, places)
        : grantHelp(this.#desk, places, settingsOf(this.env).limits.invited_count);
    if (granted.ok) this.#storage.reserve(conversationId, departmentId, seq, now());
    else if (granted.refusal.code === 'agent.full') await this.#watchReservations();
    return granted;
  }

  /** Gives back a place that was reserved and not needed. */
  async cancel(conversationId: ConversationId): Promise<void> {
    this.#storage.cancel(conversationId);
    if (this.#timers.cancel('lapse')) this.#tell(this.#desk);
  }

  /**
   * The conversation's own word on his place. May come twice, or late. Answered when his departments have
   * heard what it changes, so that a place that is free again is never left unused.
   */
  async settle(word: PlaceWord): Promise<void> {
    const { conversationId, as } = word;
    const before = this.#storage.serviceOf(conversationId);
    if (this.#storage.settle(word, now())) {
      if (as === null) this.#storage.keepDraft(conversationId, '');
      this.#desk = afterWord(this.#desk, as, before, now());
      this.#storage.saveDesk(this.#desk);
      this.#broadcast(
        as
          ? { type: 'place.held', conversationId, as }
          : { type: 'place.released', conversationId },
      );
    }
    await Promise.all(this.#desk.departments.map((id) => this.#announceTo(id)));
  }

  /** Closes every tab: his sessions are over. */
  signOut(): void {
    this.#sockets.closeAll('unauthenticated');
  }

  /** An operator has the outbox try once more what it gave up. */
  async requeue(outboxId: number): Promise<void> {
    this.#outbox.requeue(outboxId);
    await this.#settleOutbox();
  }

  override webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): void {
    const frame = this.#sockets.receive(socket, agentClientFrame, data);
    if (frame?.type === 'hello') this.#welcome(socket);
    if (frame?.type !== 'command') return;
    this.#handle(frame.command, socket);
    const accepted: AcceptedFrame = { type: 'accepted', id: frame.id, seq: 0 };
    this.#sockets.send(socket, accepted);
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    this.#sockets.answerClose(socket, code);
    this.#count();
    await this.#arm();
  }

  override async alarm(): Promise<void> {
    this.#alarm.fired();
    const due = this.#timers.takeDue(now());
    if (due.includes('watch')) this.#count();
    if (due.includes('grace') && this.#sockets.open().length === 0) this.#goOffline();
    if (due.includes('lapse')) this.#tell(this.#desk);
    await this.#outbox.drain();
    await this.#arm();
  }

  /** Counts the tabs: without any the grace period begins, with some they are watched on. */
  #count(): void {
    if (this.#sockets.open().length > 0) return this.#timers.set('watch', now() + WATCH_EVERY_MS);
    this.#timers.cancel('watch');
    this.#timers.set('grace', now() + settingsOf(this.env).presence.grace_seconds * 1000);
  }

  get #id(): AgentId {
    return this.ctx.id.name as AgentId; // The Worker addresses agents by ids that it has parsed.
  }

  #welcome(socket: WebSocket): void {
    this.#sockets.amend(socket, { greeted: true });
    this.#sockets.send(socket, { type: 'welcome', protocol: PROTOCOL, state: this.snapshot() });
  }

  #handle(command: AgentCommand, from: WebSocket): void {
    if (command.type === 'draft.keep') {
      const { conversationId, text } = command;
      this.#storage.keepDraft(conversationId, text);
      // The tab that it comes from may be further by now.
      return this.#broadcast({ type: 'draft.kept', conversationId, text }, from);
    }
    const { availability } = command;
    this.#change({ availability });
    this.#broadcast({ type: 'availability.changed', availability });
  }

  #placesBut(except: ConversationId | null, departmentId: DepartmentId): Places {
    const settings = settingsOf(this.env);
    const { limits } = settings;
    const open = this.#storage.open(now(), limits.invited_count, except);
    return {
      open: open.all,
      openHere: open.of(departmentId),
      limit: this.#desk.chatsAtMost ?? limits.max_conversations_per_agent,
      limitHere: limitWithin(settings, departmentId),
    };
  }

  /** Somebody was refused: when it was for a reservation that comes to nothing, his departments hear it. */
  async #watchReservations(): Promise<void> {
    const until = this.#storage.reservedUntil(now());
    if (until === null) return;
    this.#timers.set('lapse', until);
    await this.#arm();
  }

  #goOffline(): void {
    const served = this.#storage.places().filter(({ as }) => as === 'serving');
    this.#tell(
      { ...this.#desk, online: false },
      served.map(({ conversationId }) => ({ to: 'loss', conversationId })),
    );
  }

  #change(change: Partial<Desk>): void {
    const desk = { ...this.#desk, ...change };
    if (JSON.stringify(desk) !== JSON.stringify(this.#desk)) this.#tell(desk);
  }

  /** Stores it and tells the departments, those that he has left included. */
  #tell(told: Desk, further: readonly AgentEffect[] = []): void {
    const before = this.#desk;
    const desk = { ...told, version: before.version + 1 };
    this.ctx.storage.transactionSync(() => {
      this.#storage.saveDesk(desk);
      this.#outbox.post([...rosterEffects(before, desk), ...further]);
    });
    this.#desk = desk;
    this.ctx.waitUntil(this.#settleOutbox());
  }

  async #settleOutbox(): Promise<void> {
    await this.#arm();
    await this.#outbox.drain();
    await this.#arm();
  }

  async #arm(): Promise<void> {
    await this.#alarm.arm(this.#outbox.nextAt(), this.#timers.nextAt());
  }

  async #deliver(effect: AgentEffect): Promise<void> {
    switch (effect.to) {
      case 'roster':
        // He may have left it since.
        if (!this.#desk.departments.includes(effect.departmentId)) return;
        return this.#announceTo(effect.departmentId);
      case 'roster-exit':
        return this.env.DEPARTMENT.getByName(effect.departmentId).dismiss(this.#id, effect.version);
      case 'loss':
        if (this.#desk.online) return; // He is back.
        return this.env.CONVERSATION.getByName(effect.conversationId).lose(this.#id);
    }
  }

  #announceTo(departmentId: DepartmentId): Promise<void> {
    const { chatsAtMost: _, departments: __, ...entry } = this.#desk;
    const { open, openHere, limit } = this.#placesBut(null, departmentId);
    const department = this.env.DEPARTMENT.getByName(departmentId);
    return department.announce({ ...entry, open, openHere, limit });
  }

  #broadcast(event: AgentEvent, except: WebSocket | null = null): void {
    const frame = { type: 'events', events: [event] };
    this.#sockets.broadcast((_attachment, socket) => (socket === except ? null : frame));
  }
}
