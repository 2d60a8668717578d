// One conversation: the only writer of its log. Its visitor's and its agents' sockets are here; the
// Worker and the alarm call it. It never waits for another actor while it decides.

import { DurableObject } from 'cloudflare:workers';
import type { EventsPage } from '#shared/api.ts';
import {
  evolve,
  view,
  type ConversationEvent,
  type ConversationFact,
  type ConversationSnapshot,
  type ConversationState,
} from '#shared/conversation.ts';
import {
  conversationClientFrame,
  PROTOCOL,
  type AcceptedFrame,
  type ConversationClientFrame,
} from '#shared/frames.ts';
import { audienceOf, SYSTEM, type Audience, type By, type SystemBy } from '#shared/identity.ts';
import {
  newCommandId,
  type AgentId,
  type CommandId,
  type ConversationId,
  type DepartmentId,
} from '#shared/ids.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import { rulesOf } from '#shared/rules.ts';
import type { ConversationNotice, ConversationSignal, Mark, QueuePlace } from '#shared/signals.ts';
import type { Env } from '../../env.ts';
import { putUndelivered } from '../../io/undelivered.ts';
import { admissionTo } from '../../admission.ts';
import { settingsOf } from '../../settings.ts';
import { conversationRow, putConversation } from '../../io/directory.ts';
import { Alarm } from '../parts/alarm.ts';
import { identityOf } from '../parts/identity-header.ts';
import { Outbox } from '../parts/outbox.ts';
import { Sockets, type Attachment } from '../parts/sockets.ts';
import { deadlineOf, type Deadline } from './deadlines.ts';
import {
  admissionFor,
  authorOf,
  decide,
  mayRead,
  placeFor,
  takesPart,
  type Asked,
  type Command,
} from '#shared/decide.ts';
import { deliver } from './delivery.ts';
import { effectsOf, isTurn, placesIn, type ConversationEffect } from './effects.ts';
import { afterLoss } from './loss.ts';
import { advance } from './marks.ts';
import { ConversationStorage, heardBy, type Fold } from './storage.ts';

/** A client that lacks more than this gets a snapshot instead of what is missing. */
const RESUME_EVENTS = 500;

const now = () => Date.now();

interface Seat extends Attachment<By> {
  /** What this socket has last said of how far it got: survives hibernation at no cost. */
  readonly mark: Mark;
}

export class Conversation extends DurableObject {
  readonly #storage: ConversationStorage;
  readonly #sockets: Sockets<By, Seat>;
  readonly #outbox: Outbox<ConversationEffect>;
  readonly #alarm: Alarm;
  /** The last command of each socket, until it is answered. */
  readonly #turns = new WeakMap<WebSocket, Promise<void>>();
  #fold: Fold;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#storage = new ConversationStorage(context.storage);
    this.#sockets = new Sockets(context, now);
    this.#outbox = new Outbox(context.storage.sql, {
      deliver: async (effect) => {
        const place = await deliver(effect, this.#id, this.#state, this.env);
        if (place) this.tellPlace(place);
      },
      giveUp: (what) =>
        putUndelivered(env.DIRECTORY, {
          ...what,
          actor: 'conversation',
          actorId: this.#id,
          givenUpAt: now(),
        }),
      now,
    });
    this.#alarm = new Alarm(context.storage);
    this.#fold = this.#storage.load();
    for (const { attachment } of this.#sockets.open())
      this.#hearMark(attachment.by, attachment.mark);
  }

  /** The upgrade of a socket whose identity the Worker has established. */
  override fetch(request: Request): Response {
    return this.#sockets.accept(identityOf(request), { mark: { delivered: 0, seen: 0 } });
  }

  /** What a page is first rendered from. */
  snapshot(by: By): Outcome<ConversationSnapshot> {
    if (this.#state.status === 'new' || !mayRead(this.#state, by)) {
      return refuse('conversation.unknown');
    }
    return accept(this.#snapshotFor(audienceOf(by)));
  }

  /** The page of the log that ends before `seq`. */
  page(by: By, before: number): Outcome<EventsPage> {
    if (this.#state.status === 'new' || !mayRead(this.#state, by)) {
      return refuse('conversation.unknown');
    }
    return accept(this.#storage.pageBefore(before, audienceOf(by)));
  }

  /** Its department gives it to an agent. */
  assign(agentId: AgentId): Promise<Outcome<number>> {
    const command = { type: 'conversation.assign', agentId } as const;
    return this.#perform(command, SYSTEM, newCommandId(), this.#fold.seq);
  }

  /** Whoever serves it counts as offline now. */
  lose(agentId: AgentId): void {
    const fact = afterLoss(this.#state, agentId, settingsOf(this.env));
    if (fact) this.#commit([fact], SYSTEM, newCommandId());
  }

  /** Its department has moved it on in the queue. */
  tellPlace(place: QueuePlace): void {
    if (this.#state.status !== 'queued') return;
    const frame = { type: 'signal', signal: { type: 'queue', place } satisfies ConversationNotice };
    this.#sockets.broadcast(({ by }) => (by.kind === 'visitor' ? frame : null));
  }

  /** Writes the conversation's row of the index anew, from the log. */
  async reproject(): Promise<void> {
    const { seq, state } = this.#storage.replay();
    if (state.status === 'new') return;
    await putConversation(this.env.DIRECTORY, conversationRow(this.#id, state, seq));
  }

  /** An operator has the outbox try once more what it gave up. */
  async requeue(outboxId: number): Promise<void> {
    this.#outbox.requeue(outboxId);
    await this.#settle();
  }

  override async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const frame = this.#sockets.receive(socket, conversationClientFrame, data);
    if (frame?.type === 'hello') this.#welcome(socket, frame.since);
    if (frame?.type === 'signal') this.#signal(socket, frame.signal);
    if (frame?.type === 'command') await this.#inTurn(socket, () => this.#answer(socket, frame));
  }

  /** One command may wait for another actor; what the same client said after it must not overtake it. */
  #inTurn(socket: WebSocket, answer: () => Promise<void>): Promise<void> {
    const turn = (this.#turns.get(socket) ?? Promise.resolve()).then(answer);
    this.#turns.set(
      socket,
      turn.catch(() => {}),
    );
    return turn;
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    this.#sockets.answerClose(socket, code);
    // The next hibernation would forget what only this socket knew.
    this.#storage.saveMarks(this.#fold);
  }

  override async alarm(): Promise<void> {
    this.#alarm.fired();
    this.#expire();
    await this.#settle();
  }

  get #state(): ConversationState {
    return this.#fold.state;
  }

  get #id(): ConversationId {
    // The Worker addresses conversations by ids that it has parsed.
    return this.ctx.id.name as ConversationId;
  }

  #welcome(socket: WebSocket, since: number | null): void {
    const { by } = this.#sockets.attachmentOf(socket);
    if (!mayRead(this.#state, by)) return this.#sockets.close(socket, 'forbidden');
    this.#sockets.amend(socket, { greeted: true });
    const audience = audienceOf(by);
    const { seq } = this.#fold;
    const resumes = since !== null && since <= seq && seq - since <= RESUME_EVENTS;
    const snapshot = resumes
      ? {
          ...this.#headFor(audience),
          events: this.#storage.after(since, RESUME_EVENTS, audience),
          hasEarlier: true,
        }
      : this.#snapshotFor(audience);
    this.#sockets.send(socket, {
      type: 'welcome',
      protocol: PROTOCOL,
      reset: !resumes,
      ...snapshot,
    });
    if (by.kind === 'visitor' && this.#state.status === 'queued') {
      this.ctx.waitUntil(this.#lookUpPlace(this.#state.departmentId));
    }
  }

  async #lookUpPlace(departmentId: DepartmentId): Promise<void> {
    const place = await this.env.DEPARTMENT.getByName(departmentId).placeOf(this.#id);
    if (place) this.tellPlace(place);
  }

  async #answer(socket: WebSocket, { id, after, command }: Frame<'command'>): Promise<void> {
    const { by } = this.#sockets.attachmentOf(socket);
    const outcome = await this.#perform(command, by, id, after);
    if (!outcome.ok) return this.#sockets.refuse(socket, id, outcome.refusal);
    const accepted: AcceptedFrame = { type: 'accepted', id, seq: outcome.value };
    this.#sockets.send(socket, accepted);
  }

  /** Answers with the `seq` of the command's last event. A retry gets its first answer. */
  async #perform(
    command: Command,
    by: By | SystemBy,
    id: CommandId,
    after: number,
  ): Promise<Outcome<number>> {
    const stored = this.#answerTo(id, after);
    if (stored) return stored;
    const rules = rulesOf(settingsOf(this.env));
    const place = placeFor(this.#state, command, by);
    const department = admissionFor(command);
    const hoped: Asked = {
      ...{ by, after, rules },
      place: place ? accept({ id: place.agentId, name: '' }) : refuse('agent.unknown'),
      admission: department ? accept(department) : refuse('department.unattended'),
    };
    if (!place && !department) return this.#handle(command, hoped, id);
    // Others are asked before the decision, so that the decision itself waits for nobody; and only if it
    // hangs on their answer.
    const verdict = decide(this.#state, command, hoped);
    if (!verdict.ok) return verdict;
    if (verdict.value.length === 0) return accept(this.#fold.seq);
    if (place) return this.#handleWithPlace(place, command, hoped, id);
    const admission = department ? await this.#askAdmission(department) : hoped.admission;
    return this.#answerTo(id, after) ?? this.#handle(command, { ...hoped, admission }, id);
  }

  /** What a command has already led to; null when it is new. */
  #answerTo(id: CommandId, after: number): Outcome<number> | null {
    // Nobody has written since the command was minted, so it can't be stored: no need to look.
    const seq = after < this.#fold.seq ? this.#storage.seqOf(id, after) : null;
    return seq === null ? null : accept(seq);
  }

  async #handleWithPlace(
    { agentId, as }: NonNullable<ReturnType<typeof placeFor>>,
    command: Command,
    asked: Asked,
    id: CommandId,
  ): Promise<Outcome<number>> {
    if (this.#state.status === 'new') return refuse('conversation.unknown');
    const agent = this.env.AGENT.getByName(agentId);
    const { departmentId } = this.#state;
    const place = await agent.reserve({
      ...{ conversationId: this.#id, departmentId, as },
      seq: this.#fold.seq,
    });
    // The other copy of a command that was sent twice may have been handled meanwhile.
    const outcome =
      this.#answerTo(id, asked.after) ?? this.#handle(command, { ...asked, place }, id);
    const isNeeded = placesIn(this.#state).has(agentId);
    if (place.ok && !isNeeded) this.ctx.waitUntil(agent.cancel(this.#id));
    return outcome;
  }

  #askAdmission(departmentId: DepartmentId): Promise<Outcome<DepartmentId>> {
    return admissionTo(departmentId, {
      settings: settingsOf(this.env),
      now: now(),
      isAttended: (id) => this.env.DEPARTMENT.getByName(id).isAttended(),
    });
  }

  #handle(command: Command, asked: Asked, id: CommandId): Outcome<number> {
    const verdict = decide(this.#state, command, asked);
    if (!verdict.ok) return verdict;
    if (verdict.value.length > 0) this.#commit(verdict.value, asked.by, id);
    return accept(this.#fold.seq);
  }

  /** The single write path: commit, fold, tell everybody, then the rest of the desk. */
  #commit(facts: readonly ConversationFact[], by: By | SystemBy, id: CommandId): void {
    const before = this.#fold;
    const envelope = { at: now(), id, by: authorOf(by) };
    const events: ConversationEvent[] = facts.map((fact, index) => ({
      ...fact,
      ...envelope,
      seq: before.seq + 1 + index,
    }));
    const state = events.reduce(evolve, before.state);
    const fold = { ...before, seq: before.seq + events.length, state };
    const effects =
      state.status === 'new'
        ? []
        : effectsOf(this.#id, before.state, state, fold.seq, settingsOf(this.env));
    const turns = state.status !== 'new' && isTurn(before.state, state);
    const post = effects.length > 0 ? () => this.#outbox.post(effects) : null;
    this.#storage.commit(events, fold, turns, post);
    this.#fold = fold;
    this.#broadcast(events);
    this.ctx.waitUntil(effects.length > 0 ? this.#settle() : this.#watchDeadline());
  }

  /** Delivers the outbox; the alarm stands by for as long as something is left in it. */
  async #settle(): Promise<void> {
    await this.#arm();
    await this.#outbox.drain();
    await this.#arm();
  }

  async #arm(): Promise<void> {
    await this.#alarm.arm(this.#outbox.nextAt(), this.#deadline?.at ?? null);
  }

  /** A deadline that each message moves on: the alarm is left where it is, and looks again when it rings. */
  async #watchDeadline(): Promise<void> {
    if (this.#deadline) await this.#alarm.armBy(this.#deadline.at);
  }

  get #deadline(): Deadline | null {
    return deadlineOf(this.#state, settingsOf(this.env));
  }

  #expire(): void {
    for (let due = this.#deadline; due && due.at <= now(); due = this.#deadline) {
      this.#commit([due.fact], SYSTEM, newCommandId());
    }
  }

  #broadcast(events: readonly ConversationEvent[]): void {
    const upTo = this.#fold.seq;
    const frames = {
      everyone: { type: 'events', upTo, events: heardBy('everyone', events) },
      agents: { type: 'events', upTo, events: heardBy('agents', events) },
    };
    this.#sockets.broadcast(({ by }) => frames[audienceOf(by)]);
  }

  /** Signals are heard from the two who talk, and stored nowhere. */
  #signal(socket: WebSocket, signal: ConversationSignal): void {
    const { by } = this.#sockets.attachmentOf(socket);
    if (by.kind === 'agent' && !takesPart(this.#state, by)) return;
    if (signal.type === 'typing') {
      return this.#notify({ type: 'typing', by: authorOf(by), typing: signal.typing }, socket);
    }
    const { delivered, seen } = signal;
    this.#sockets.amend(socket, { mark: { delivered, seen } });
    if (this.#hearMark(by, signal)) this.#notify({ type: 'marks', marks: this.#fold.marks }, null);
  }

  #hearMark(by: By, mark: Mark): boolean {
    const marks = advance(this.#fold.marks, by.kind, mark, this.#fold.seq);
    const moved = marks !== this.#fold.marks;
    this.#fold = { ...this.#fold, marks };
    return moved;
  }

  #notify(signal: ConversationNotice, except: WebSocket | null): void {
    const frame = { type: 'signal', signal };
    this.#sockets.broadcast((_attachment, socket) => (socket === except ? null : frame));
  }

  #headFor(audience: Audience) {
    const { seq, state, marks } = this.#fold;
    return { conversationId: this.#id, seq, state: view(state, audience), marks };
  }

  #snapshotFor(audience: Audience): ConversationSnapshot {
    return {
      ...this.#headFor(audience),
      ...this.#storage.pageBefore(this.#fold.seq + 1, audience),
    };
  }
}

type Frame<T extends ConversationClientFrame['type']> = Extract<
  ConversationClientFrame,
  { type: T }
>;
