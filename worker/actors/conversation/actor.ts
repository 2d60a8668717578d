// One conversation: the only writer of its log. Its visitor's and its agents' sockets are here; the
// Worker and the alarm call it. It never waits for another actor while it decides.

import { DurableObject } from 'cloudflare:workers';
import type { EventsPage } from '#shared/api.ts';
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
import { audienceOf, SYSTEM, type By } from '#shared/identity.ts';
import {
  newCommandId,
  type AgentId,
  type CommandId,
  type ConversationId,
  type DepartmentId,
} from '#shared/ids.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import { conversationRow, putConversation } from '../../io/conversations.ts';
import { settingsOf } from '../../io/settings.ts';
import { identityOf } from '../parts/identity-header.ts';
import { Sockets, type Attachment } from '../parts/sockets.ts';
import { Turns } from '../parts/turns.ts';
import { Commands } from './commands.ts';
import { Course } from './course.ts';
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
  readonly #commands: Commands;
  readonly #turns = new Turns();

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#sockets = new Sockets(context, now);
    const surroundings = { id: this.#id, context, env, now };
    this.#course = new Course(surroundings, {
      onEvents: (events, before) => this.#broadcast(events, before),
      onPlace: (place) => this.tellPlace(place),
    });
    this.#commands = new Commands(this.#course, surroundings);
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
    return this.#commands.perform(command, SYSTEM, newCommandId(), this.#course.seq);
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
    if (frame?.type !== 'command') return undefined;
    return this.#turns.take(
      socket,
      () => this.#answer(socket, frame),
      (error) => this.#renew(socket, error),
    );
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

  /** He starts over: he dials anew, and says again in order what has not been answered. */
  #renew(socket: WebSocket, error: unknown): void {
    console.error('defect', 'conversation', this.#id, error);
    this.#sockets.close(socket, 'renew');
  }

  #answer(socket: WebSocket, { id, after, command }: Frame<'command'>): Promise<void> | undefined {
    const { by } = this.#sockets.attachmentOf(socket);
    const outcome = this.#commands.perform(command, by, id, after);
    if (outcome instanceof Promise) return outcome.then((late) => this.#reply(socket, id, late));
    this.#reply(socket, id, outcome);
    return undefined;
  }

  #reply(socket: WebSocket, id: CommandId, outcome: Outcome<number>): void {
    if (!outcome.ok) return this.#sockets.refuse(socket, id, outcome.refusal);
    const accepted: AcceptedFrame = { type: 'accepted', id, seq: outcome.value };
    this.#sockets.send(socket, accepted);
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

type Frame<T extends ConversationClientFrame['type']> = Extract<
  ConversationClientFrame,
  { type: T }
>;
