// One conversation: the only writer of its log. Its visitor's and its agents' sockets are here; the
// Worker and the alarm call it. It never waits for another actor while it decides.

import { DurableObject } from 'cloudflare:workers';
import type { EventsPage } from '#shared/api.ts';
import { admissionFor, hopedFor, placeFor, type Asked } from '#shared/conversation/asked.ts';
import type { Command } from '#shared/conversation/commands.ts';
import { decide } from '#shared/conversation/decide.ts';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import { authorOf, mayRead, takesPart } from '#shared/conversation/parties.ts';
import type {
  ConversationNotice,
  ConversationSignal,
  Mark,
  QueuePlace,
} from '#shared/conversation/signals.ts';
import type { ConversationSnapshot } from '#shared/conversation/snapshot.ts';
import type { ConversationState } from '#shared/conversation/state.ts';
import {
  conversationClientFrame,
  PROTOCOL,
  type AcceptedFrame,
  type ConversationClientFrame,
} from '#shared/frames.ts';
import { audienceOf, SYSTEM, type By, type SystemBy } from '#shared/identity.ts';
import {
  newCommandId,
  type AgentId,
  type CommandId,
  type ConversationId,
  type DepartmentId,
} from '#shared/ids.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import { rulesOf } from '#shared/settings/rules.ts';
import { admissionTo } from '../../admission.ts';
import type { Env } from '../../env.ts';
import { conversationRow, putConversation } from '../../io/directory.ts';
import { settingsOf } from '../../settings.ts';
import { identityOf } from '../parts/identity-header.ts';
import { Sockets, type Attachment } from '../parts/sockets.ts';
import { Course } from './course.ts';
import { placesIn } from './effects.ts';
import { afterLoss } from './loss.ts';
import { heardBy } from './storage.ts';

/** A client that lacks more than this gets a snapshot instead of what is missing. */
const RESUME_EVENTS = 500;

const now = () => Date.now();

interface Seat extends Attachment<By> {
  /** What this socket has last said of how far it got: survives hibernation at no cost. */
  readonly mark: Mark;
}

export class Conversation extends DurableObject {
  readonly #sockets: Sockets<By, Seat>;
  readonly #course: Course;
  /** The last command of each socket, until it is answered. */
  readonly #turns = new WeakMap<WebSocket, Promise<void>>();

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#sockets = new Sockets(context, now);
    this.#course = new Course({
      ...{ id: this.#id, context, env, now },
      onEvents: (events, before) => this.#broadcast(events, before),
      onPlace: (place) => this.tellPlace(place),
    });
    for (const { attachment } of this.#sockets.open()) {
      this.#course.hearMark(attachment.by, attachment.mark);
    }
  }

  /** The upgrade of a socket whose identity the Worker has established. */
  override fetch(request: Request): Response {
    return this.#sockets.accept(identityOf(request), { mark: { delivered: 0, seen: 0 } });
  }

  /** What a page is first rendered from. */
  snapshot(by: By): Outcome<ConversationSnapshot> {
    if (this.#course.state.status === 'new' || !mayRead(this.#course.state, by)) {
      return refuse('conversation.unknown');
    }
    return accept(this.#course.snapshotFor(audienceOf(by)));
  }

  /** The page of the log that ends before `seq`. */
  page(by: By, before: number): Outcome<EventsPage> {
    if (this.#course.state.status === 'new' || !mayRead(this.#course.state, by)) {
      return refuse('conversation.unknown');
    }
    return accept(this.#course.storage.pageBefore(before, audienceOf(by)));
  }

  /** Its department gives it to an agent. */
  async assign(agentId: AgentId): Promise<Outcome<number>> {
    const command = { type: 'conversation.assign', agentId } as const;
    return this.#perform(command, SYSTEM, newCommandId(), this.#course.seq);
  }

  /** Whoever serves it counts as offline now. */
  lose(agentId: AgentId): void {
    const fact = afterLoss(this.#course.state, agentId, settingsOf(this.env));
    if (fact) this.#course.commit([fact], SYSTEM, newCommandId());
  }

  /** Its department has moved it on in the queue. */
  tellPlace(place: QueuePlace): void {
    if (this.#course.state.status !== 'queued') return;
    const frame = { type: 'signal', signal: { type: 'queue', place } satisfies ConversationNotice };
    this.#sockets.broadcast(({ by }) => (by.kind === 'visitor' ? frame : null));
  }

  /** Writes the conversation's row of the index anew, from the log. */
  async reproject(): Promise<void> {
    const { seq, state } = this.#course.storage.replay();
    if (state.status === 'new') return;
    await putConversation(this.env.DIRECTORY, conversationRow(this.#id, state, seq));
  }

  /** An operator has the outbox try once more what it gave up. */
  async requeue(outboxId: number): Promise<void> {
    await this.#course.requeue(outboxId);
  }

  override webSocketMessage(
    socket: WebSocket,
    data: string | ArrayBuffer,
  ): Promise<void> | undefined {
    const frame = this.#sockets.receive(socket, conversationClientFrame, data);
    if (frame?.type === 'hello') this.#welcome(socket, frame.since);
    if (frame?.type === 'signal') this.#signal(socket, frame.signal);
    return frame?.type === 'command' ? this.#inTurn(socket, frame) : undefined;
  }

  /**
   * One command may wait for another actor; what the same client said after it must not overtake it. After a
   * defect he starts over: he dials anew, and says again in order what has not been answered. Undefined when
   * it was answered at once, as most are.
   */
  #inTurn(socket: WebSocket, frame: Frame<'command'>): Promise<void> | undefined {
    const earlier = this.#turns.get(socket);
    const turn = earlier
      ? earlier.then(() => (isOpen(socket) ? this.#answer(socket, frame) : undefined))
      : this.#answer(socket, frame);
    if (!turn) return undefined;
    const settled = turn
      .catch((error: unknown) => {
        console.error('defect', 'conversation', this.#id, error);
        this.#sockets.close(socket, 'renew');
      })
      .then(() => {
        if (this.#turns.get(socket) === settled) this.#turns.delete(socket);
      });
    this.#turns.set(socket, settled);
    return settled;
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    this.#sockets.answerClose(socket, code);
    // The next hibernation would forget what only this socket knew.
    this.#course.saveMarks();
  }

  override async alarm(): Promise<void> {
    await this.#course.wake();
  }

  get #id(): ConversationId {
    // The Worker addresses conversations by ids that it has parsed.
    return this.ctx.id.name as ConversationId;
  }

  #welcome(socket: WebSocket, since: number | null): void {
    const { by } = this.#sockets.attachmentOf(socket);
    if (!mayRead(this.#course.state, by)) return this.#sockets.close(socket, 'forbidden');
    this.#sockets.amend(socket, { greeted: true });
    const audience = audienceOf(by);
    const { seq } = this.#course;
    const resumes = since !== null && since <= seq && seq - since <= RESUME_EVENTS;
    const snapshot = resumes
      ? {
          ...this.#course.headFor(audience),
          events: this.#course.storage.after(since, RESUME_EVENTS, audience),
          hasEarlier: true,
        }
      : this.#course.snapshotFor(audience);
    this.#sockets.send(socket, {
      type: 'welcome',
      protocol: PROTOCOL,
      reset: !resumes,
      ...snapshot,
    });
    if (by.kind === 'visitor' && this.#course.state.status === 'queued') {
      this.ctx.waitUntil(this.#lookUpPlace(this.#course.state.departmentId));
    }
  }

  async #lookUpPlace(departmentId: DepartmentId): Promise<void> {
    const place = await this.env.DEPARTMENT.getByName(departmentId).placeOf(this.#id);
    if (place) this.tellPlace(place);
  }

  #answer(socket: WebSocket, { id, after, command }: Frame<'command'>): Promise<void> | undefined {
    const { by } = this.#sockets.attachmentOf(socket);
    const outcome = this.#perform(command, by, id, after);
    if (outcome instanceof Promise) return outcome.then((late) => this.#reply(socket, id, late));
    this.#reply(socket, id, outcome);
    return undefined;
  }

  #reply(socket: WebSocket, id: CommandId, outcome: Outcome<number>): void {
    if (!outcome.ok) return this.#sockets.refuse(socket, id, outcome.refusal);
    const accepted: AcceptedFrame = { type: 'accepted', id, seq: outcome.value };
    this.#sockets.send(socket, accepted);
  }

  /** Answers with the `seq` of the command's last event. A retry gets its first answer. */
  #perform(
    command: Command,
    by: By | SystemBy,
    id: CommandId,
    after: number,
  ): Outcome<number> | Promise<Outcome<number>> {
    const stored = this.#answerTo(id, after);
    if (stored) return stored;
    const rules = rulesOf(settingsOf(this.env));
    const hoped: Asked = { by, after, rules, ...hopedFor(this.#course.state, command, by) };
    const place = placeFor(this.#course.state, command, by);
    const department = admissionFor(command);
    if (place || department) {
      // Others are asked before the decision, so that the decision itself waits for nobody; and only if it
      // hangs on their answer.
      const verdict = decide(this.#course.state, command, hoped);
      if (!verdict.ok) return verdict;
      if (verdict.value.length === 0) return accept(this.#course.seq);
    }
    if (place) return this.#handleWithPlace(place, command, hoped, id);
    if (department) return this.#handleAdmitted(department, command, hoped, id);
    return this.#handle(command, hoped, id);
  }

  /** What a command has already led to; null when it is new. */
  #answerTo(id: CommandId, after: number): Outcome<number> | null {
    // Nobody has written since the command was minted, so it can't be stored: no need to look.
    const seq = after < this.#course.seq ? this.#course.storage.seqOf(id, after) : null;
    return seq === null ? null : accept(seq);
  }

  async #handleWithPlace(
    { agentId, as }: NonNullable<ReturnType<typeof placeFor>>,
    command: Command,
    asked: Asked,
    id: CommandId,
  ): Promise<Outcome<number>> {
    if (this.#course.state.status === 'new') return refuse('conversation.unknown');
    const agent = this.env.AGENT.getByName(agentId);
    const { departmentId } = this.#course.state;
    const place = await agent.reserve({
      ...{ conversationId: this.#id, departmentId, as },
      seq: this.#course.seq,
    });
    // The other copy of a command that was sent twice may have been handled meanwhile.
    const outcome =
      this.#answerTo(id, asked.after) ?? this.#handle(command, { ...asked, place }, id);
    const isNeeded = placesIn(this.#course.state).has(agentId);
    if (place.ok && !isNeeded) this.ctx.waitUntil(agent.cancel(this.#id));
    return outcome;
  }

  async #handleAdmitted(
    departmentId: DepartmentId,
    command: Command,
    asked: Asked,
    id: CommandId,
  ): Promise<Outcome<number>> {
    const admission = await admissionTo(departmentId, {
      settings: settingsOf(this.env),
      now: now(),
      isAttended: (one) => this.env.DEPARTMENT.getByName(one).isAttended(),
    });
    return this.#answerTo(id, asked.after) ?? this.#handle(command, { ...asked, admission }, id);
  }

  #handle(command: Command, asked: Asked, id: CommandId): Outcome<number> {
    const verdict = decide(this.#course.state, command, asked);
    if (!verdict.ok) return verdict;
    if (verdict.value.length > 0) this.#course.commit(verdict.value, asked.by, id);
    return accept(this.#course.seq);
  }

  /** An event is heard by who could read before it: of his own leaving he hears, and then no more. */
  #broadcast(events: readonly ConversationEvent[], before: ConversationState): void {
    const upTo = this.#course.seq;
    const frames = {
      everyone: { type: 'events', upTo, events: heardBy('everyone', events) },
      agents: { type: 'events', upTo, events: heardBy('agents', events) },
    };
    this.#sockets.broadcast(({ by }, socket) => {
      if (mayRead(before, by)) return frames[audienceOf(by)];
      this.#sockets.close(socket, 'forbidden');
      return null;
    });
  }

  /** Signals are heard from the two who talk, and stored nowhere. */
  #signal(socket: WebSocket, signal: ConversationSignal): void {
    const { by } = this.#sockets.attachmentOf(socket);
    if (by.kind === 'agent' && !takesPart(this.#course.state, by)) return;
    if (signal.type === 'typing') {
      return this.#notify({ type: 'typing', by: authorOf(by), typing: signal.typing }, socket);
    }
    const { delivered, seen } = signal;
    this.#sockets.amend(socket, { mark: { delivered, seen } });
    if (this.#course.hearMark(by, signal))
      this.#notify({ type: 'marks', marks: this.#course.marks }, null);
  }

  #notify(signal: ConversationNotice, except: WebSocket | null): void {
    const frame = { type: 'signal', signal };
    this.#sockets.broadcast(({ by }, socket) =>
      socket === except || !mayRead(this.#course.state, by) ? null : frame,
    );
  }
}

const isOpen = ({ readyState }: WebSocket): boolean => readyState === WebSocket.OPEN;

type Frame<T extends ConversationClientFrame['type']> = Extract<
  ConversationClientFrame,
  { type: T }
>;
