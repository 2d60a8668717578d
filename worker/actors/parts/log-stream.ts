// What the sockets at a log hear: a welcome that continues from what a client has, events by audience, and
// signals. Generic over what happens in the log.

import { authorOf, audienceOf, type ConnectedPrincipal } from '#shared/identity.ts';
import type { CommandId } from '#shared/ids.ts';
import { PROTOCOL, type LogServerFrame } from '#shared/frames.ts';
import type { ClientSignal, ServerSignal } from '#shared/conversation/signals.ts';
import { NO_RECEIPT, participantOf, type Receipt } from '#shared/receipts.ts';
import type { Outcome } from '#shared/refusals.ts';
import type { EventLog, Performed } from './event-log.ts';
import type { LoggedEvent } from './event-table.ts';
import type { SocketState, Sockets } from './sockets.ts';

/** A client that lacks more than this gets a snapshot instead of what is missing. */
const RESUME_EVENTS = 500;
export const EVENTS_PER_PAGE = 100;

/** Beside who it is: how far its reader has got, which survives hibernation at no cost. */
export interface LogSocketState extends SocketState {
  readonly receipt: Receipt;
  /** Of a visitor: where they are. */
  readonly page?: string | null;
  /** Of an agent: whether they have it before them. */
  readonly isLooking?: boolean;
}

export const NEW_LOG_SOCKET = { receipt: NO_RECEIPT };

export interface LogAccess<State> {
  readonly mayRead: (state: State, by: ConnectedPrincipal) => boolean;
  /** Whether they are one of those who talk: of nobody else signals are heard. */
  readonly takesPart: (state: State, by: ConnectedPrincipal) => boolean;
}

type LogSockets<State, Event> = Sockets<LogServerFrame<State, Event>, LogSocketState>;

export class LogStream<State, Event extends LoggedEvent> {
  readonly #log: EventLog<State, Event>;
  readonly #sockets: LogSockets<State, Event>;
  readonly #access: LogAccess<State>;
  /** A receipt has moved, and nobody has been told. */
  #hasUntoldReceipts = false;

  constructor(
    log: EventLog<State, Event>,
    sockets: LogSockets<State, Event>,
    access: LogAccess<State>,
  ) {
    this.#log = log;
    this.#sockets = sockets;
    this.#access = access;
    for (const { by, receipt } of sockets.states()) {
      log.hearReceipt(participantOf(authorOf(by)), receipt);
    }
  }

  welcome(socket: WebSocket, since: number | null): void {
    const { by } = this.#sockets.stateOf(socket);
    if (!this.#access.mayRead(this.#log.state, by)) {
      return this.#sockets.close(socket, 'forbidden');
    }
    this.#sockets.amend(socket, { greeted: true });
    const audience = audienceOf(by);
    const { seq } = this.#log;
    const mayResume = since !== null && since <= seq && seq - since <= RESUME_EVENTS;
    const missed = mayResume ? this.#log.after(since, RESUME_EVENTS, audience) : null;
    const page = missed
      ? { events: missed, hasEarlier: true }
      : this.#log.before(seq + 1, EVENTS_PER_PAGE, audience);
    const head = this.#log.headFor(audience);
    this.#sockets.send(socket, {
      ...{ type: 'welcome', protocol: PROTOCOL, reset: missed === null },
      ...head,
      ...page,
    });
  }

  /**
   * Tells every socket what a command has led to. It is heard by all who could read before: of their own leaving
   * they hear, and then no more. Receipts that have moved travel along.
   */
  broadcast({ events, before }: Performed<State, Event>): void {
    const receipts = this.#hasUntoldReceipts ? { receipts: this.#log.receipts } : {};
    this.#hasUntoldReceipts = false;
    const frameOf = (heard: readonly Event[]) => ({
      ...{ type: 'events' as const, upTo: this.#log.seq, events: heard },
      ...receipts,
    });
    const everyone = frameOf(this.#log.heardBy('everyone', events));
    // Most often everything is for everyone: one frame, which is serialised once.
    const isForAll = everyone.events.length === events.length;
    const agents = isForAll ? everyone : frameOf(this.#log.heardBy('agents', events));
    const frames = { everyone, agents };
    this.#sockets.broadcast(({ by }, socket) => {
      if (this.#access.mayRead(before, by)) return frames[audienceOf(by)];
      this.#sockets.close(socket, 'forbidden');
      return null;
    });
  }

  /** Answers a command, unless its sender has just heard an event of it. */
  reply(socket: WebSocket, id: CommandId, outcome: Outcome<Performed<State, Event>>): undefined {
    this.#tellReceipts(socket);
    if (!outcome.ok) return this.#sockets.refuse(socket, id, outcome.refusal);
    const { seq, events } = outcome.value;
    const { by } = this.#sockets.stateOf(socket);
    if (this.#log.heardBy(audienceOf(by), events).length > 0) return;
    this.#sockets.send(socket, { type: 'accepted', id, seq });
  }

  /** Signals are heard from those who talk, and stored nowhere. */
  signal(socket: WebSocket, signal: ClientSignal): void {
    const { by } = this.#sockets.stateOf(socket);
    if (!this.#access.takesPart(this.#log.state, by)) return;
    if (signal.type === 'typing') {
      const { typing } = signal;
      return this.notify({ type: 'typing', by: authorOf(by), typing }, allBut(socket));
    }
    const { delivered, seen } = signal;
    this.hearReceipt(socket, { delivered, seen });
    this.#tellReceipts(socket);
  }

  /** What a reader says of how far they have got. The others are told with what is sent next. */
  hearReceipt(socket: WebSocket, receipt: Receipt): void {
    const { by } = this.#sockets.stateOf(socket);
    if (!this.#access.takesPart(this.#log.state, by)) return;
    this.#sockets.amend(socket, { receipt });
    if (this.#log.hearReceipt(participantOf(authorOf(by)), receipt)) this.#hasUntoldReceipts = true;
  }

  #tellReceipts(except: WebSocket): void {
    if (!this.#hasUntoldReceipts) return;
    this.#hasUntoldReceipts = false;
    this.notify({ type: 'receipts', receipts: this.#log.receipts }, allBut(except));
  }

  /** Those hear it who may read now. */
  notify(signal: ServerSignal, isFor: (state: LogSocketState, socket: WebSocket) => boolean): void {
    const frame = { type: 'signal', signal } as const;
    this.#sockets.broadcast((state, socket) =>
      isFor(state, socket) && this.#access.mayRead(this.#log.state, state.by) ? frame : null,
    );
  }

  /** Closes the sockets of all who may not read now. */
  closeStrangers(): void {
    for (const { socket, state } of this.#sockets.open()) {
      if (!this.#access.mayRead(this.#log.state, state.by))
        this.#sockets.close(socket, 'forbidden');
    }
  }
}

const allBut = (speaker: WebSocket) => (_state: LogSocketState, socket: WebSocket) =>
  socket !== speaker;
