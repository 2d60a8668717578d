// One agent: the only one who grants his places, and who says whether he is available. His workspace
// tabs' sockets are here; conversations ask him for a place, departments hear of him.

import { DurableObject } from 'cloudflare:workers';
import { type AgentCommand, type AgentEvent, type AgentState } from '#shared/agent.ts';
import type { RosterEntry } from '#shared/department.ts';
import { agentClientFrame, PROTOCOL, type AcceptedFrame } from '#shared/frames.ts';
import type { AgentBy } from '#shared/identity.ts';
import type { AgentId, ConversationId, DepartmentId } from '#shared/ids.ts';
import type { Outcome } from '#shared/refusals.ts';
import type { Env } from '../../env.ts';
import { putUndelivered } from '../../io/undelivered.ts';
import { settingsOf } from '../../settings.ts';
import { Alarm } from '../parts/alarm.ts';
import { identityOf } from '../parts/identity-header.ts';
import { Outbox } from '../parts/outbox.ts';
import { Sockets } from '../parts/sockets.ts';
import { Timers } from '../parts/timers.ts';
import { grantPlace } from './decide.ts';
import { AgentStorage, type DeskRow } from './storage.ts';

type AgentEffect =
  | { to: 'roster'; departmentId: DepartmentId; entry: RosterEntry }
  | { to: 'roster-exit'; departmentId: DepartmentId; version: number };

/** How often an online agent's tabs are counted: a line that died closes no socket by itself. */
const WATCH_EVERY_MS = 300_000;

const now = () => Date.now();

export class Agent extends DurableObject {
  readonly #storage: AgentStorage;
  readonly #sockets: Sockets<AgentBy>;
  readonly #timers: Timers<'grace' | 'watch'>;
  readonly #outbox: Outbox<AgentEffect>;
  readonly #alarm: Alarm;
  #desk: DeskRow;

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
    this.#desk = this.#storage.loadDesk() ?? {
      agentId: this.#id,
      name: '',
      availability: 'away',
      online: false,
      version: 0,
      departments: [],
    };
  }

  /** The upgrade of a workspace tab, whose identity the Worker has established. */
  override async fetch(request: Request): Promise<Response> {
    const by = identityOf(request);
    if (by.kind !== 'agent') throw new Error('an agent is only for himself');
    this.#timers.cancel('grace');
    this.#timers.set('watch', now() + WATCH_EVERY_MS);
    this.#change({ name: by.name, departments: by.departments, online: true });
    await this.#arm();
    return this.#sockets.accept(by, {});
  }

  snapshot(): AgentState {
    const { agentId, availability } = this.#desk;
    return {
      agentId,
      availability,
      held: this.#storage.held(),
      drafts: this.#storage.drafts(),
    };
  }

  /** Asks for a place; it must be settled within half a minute. */
  reserve(conversationId: ConversationId, seq: number): Outcome<null> {
    const taken = this.#storage.countOthers(conversationId, now());
    const limit = settingsOf(this.env).limits.chats_per_agent;
    const verdict = grantPlace({ availability: this.#desk.availability, taken, limit });
    if (verdict.ok) this.#storage.reserve(conversationId, seq, now());
    return verdict;
  }

  /** Gives back a place that was reserved and not needed. */
  cancel(conversationId: ConversationId): void {
    this.#storage.cancel(conversationId);
  }

  /** The conversation's own word, as of its `seq`, on whether he serves it. May come twice, or late. */
  settle(conversationId: ConversationId, held: boolean, seq: number): void {
    if (!this.#storage.settle(conversationId, held, seq, now())) return;
    if (!held) this.#storage.keepDraft(conversationId, '');
    this.#broadcast({ type: held ? 'place.held' : 'place.released', conversationId });
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
    if (due.includes('grace') && this.#sockets.open().length === 0) this.#change({ online: false });
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

  /** Stores what differs and tells the departments, those that he has left included. */
  #change(change: Partial<DeskRow>): void {
    const before = this.#desk;
    const changed = { ...before, ...change };
    if (JSON.stringify(changed) === JSON.stringify(before)) return;
    const desk = { ...changed, version: before.version + 1 };
    this.ctx.storage.transactionSync(() => {
      this.#storage.saveDesk(desk);
      this.#outbox.post(rosterEffects(before, desk));
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
    const department = this.env.DEPARTMENT.getByName(effect.departmentId);
    if (effect.to === 'roster') return department.announce(effect.entry);
    return department.dismiss(this.#id, effect.version);
  }

  #broadcast(event: AgentEvent, except: WebSocket | null = null): void {
    const frame = { type: 'events', events: [event] };
    this.#sockets.broadcast((_attachment, socket) => (socket === except ? null : frame));
  }
}

function rosterEffects(before: DeskRow, { departments, ...entry }: DeskRow): AgentEffect[] {
  const left = before.departments.filter((id) => !departments.includes(id));
  return [
    ...departments.map((departmentId) => ({ to: 'roster' as const, departmentId, entry })),
    ...left.map((departmentId) => ({
      to: 'roster-exit' as const,
      departmentId,
      version: entry.version,
    })),
  ];
}
