// A log that people talk in, as a page has it: the server's fold, continued by its socket, and what was written
// here and is not acknowledged yet. Conversations and direct chats are both such a log.

import { standingAfter } from '#shared/conversation/amendments.ts';
import { serverSignalSchema } from '#shared/conversation/signals.ts';
import { known, PROTOCOL } from '#shared/frames.ts';
import type { Author } from '#shared/identity.ts';
import { newCommandId, type CommandId } from '#shared/ids.ts';
import type { Receipts } from '#shared/receipts.ts';
import { Connection, type ConnectionStatus } from './connection.ts';
import type { Environment } from './environment.ts';
import { EventLog, type EarlierEvents, type LogSnapshot } from './event-log.svelte.ts';
import type { LogDefinition, LogFrame } from './log-definition.ts';
import { instead, type LogId, type Outbox, type OutboxItem } from './outbox.ts';
import { ReadReceipts } from './read-receipts.svelte.ts';
import { Typing } from './typing.svelte.ts';
import {
  PendingCommands,
  type Answer,
  type NewMessage,
  type OnRefused,
} from './pending-commands.svelte.ts';

interface TalkEvent {
  readonly seq: number;
  readonly id: CommandId;
  readonly type: string;
  readonly by: Author;
}

export interface LogStoreOptions<Id, Event> {
  id: Id;
  /** The reader on this page: an agent's id, or `visitor`. */
  own: string;
  /** Of the log's socket, absolute. */
  url: string;
  protocols: () => string[];
  outbox: Outbox;
  /** Fetches the page of events that ends before `seq`. */
  earlier: (before: number) => Promise<EarlierEvents<Event>>;
  onRefused?: OnRefused | undefined;
  /** Called once, when the server has told what there is; never when the page began with a snapshot. */
  onKnown?: (() => void) | undefined;
  /** The server will not have this reader any more. */
  onEnded?: ((closeCode: number | null) => void) | undefined;
  /** Events that arrived live, for sounds and announcements. */
  onEvents?: ((events: readonly Event[]) => void) | undefined;
  environment?: Environment | undefined;
}

/** What a log adds to the others. */
export interface LogRole<State, Event> {
  readonly definition: LogDefinition<State, Event>;
  /** Whether what they wrote is for the reader on this page to read. */
  readonly isTheirs: (author: Author) => boolean;
  /** Whether a participant is one whom the reader's own messages are for. */
  readonly isReader: (participant: string) => boolean;
  readonly initial: (LogSnapshot<State> & { readonly receipts: Receipts }) | undefined;
  /** Any signal, as it came. */
  readonly onSignal?: (signal: unknown) => void;
  readonly onWelcome?: () => void;
  /** Its state may be another one. */
  readonly onState?: () => void;
}

export class LogStore<
  State,
  Event extends TalkEvent,
  Command extends { type: string },
  Id extends LogId,
> {
  readonly id: Id;
  readonly #options: LogStoreOptions<Id, Event>;
  readonly #role: LogRole<State, Event>;
  readonly #connection: Connection;
  readonly #log: EventLog<State, Event>;
  readonly #pending: PendingCommands<Command>;
  readonly #receipts: ReadReceipts;
  readonly #typing: Typing;

  #status = $state.raw<ConnectionStatus>('connecting');
  #closeCode = $state.raw<number | null>(null);

  constructor(options: LogStoreOptions<Id, Event>, role: LogRole<State, Event>) {
    const { id, own, outbox, onRefused, earlier: fetchEarlier } = options;
    const { initial, evolve, eventSchema, readFrame } = role.definition;
    this.#options = options;
    this.#role = role;
    this.id = id;
    const parse = (events: readonly unknown[]) => known(eventSchema, events);
    this.#log = new EventLog({ initial, evolve, parse, fetchEarlier });
    this.#connection = new Connection({
      url: options.url,
      protocols: options.protocols,
      environment: options.environment,
      hello: () => ({ type: 'hello', protocol: PROTOCOL, since: this.#log.seq }),
      onFrame: (frame) => this.#receive(readFrame(frame)),
      onStatus: (status, closeCode) => this.#changeStatus(status, closeCode),
    });
    this.#receipts = new ReadReceipts(own, this.#connection);
    this.#typing = new Typing(this.#connection);
    this.#pending = new PendingCommands({
      ...{ id, outbox, onRefused },
      connection: this.#connection,
      receipts: this.#receipts,
    });
    if (role.initial) {
      this.#receipts.hear(role.initial.receipts);
      this.#replace(role.initial);
    }
  }

  /** Only in a browser; until then the store shows what it was made with. */
  connect(): void {
    this.#connection.connect();
    this.#pending.restore((id) => this.#log.has(id));
  }

  get state() {
    return this.#log.state;
  }
  /** Of the last event that has arrived; 0 before the first. */
  get seq() {
    return this.#log.seq ?? 0;
  }
  /** False until the server has told what there is: then `state` is a mere beginning. */
  get isKnown() {
    return this.#log.seq !== null;
  }
  get events() {
    return this.#log.events;
  }
  /** Written here, not yet acknowledged; they stand below the events. */
  get pending() {
    return this.#pending.messages;
  }
  /** The furthest that a reader of one's own messages has got. */
  get readUpTo() {
    return this.#receipts.furthest(this.#role.isReader);
  }
  get hasEarlier() {
    return this.#log.hasEarlier;
  }
  get status() {
    return this.#status;
  }
  /** Why the connection ended or waits, when it does. */
  get closeCode() {
    return this.#closeCode;
  }
  /** Messages of the other side that have not been in front of the reader's eyes. */
  get unread(): number {
    // Not a $derived: that would end with the component in which the store happened to be made.
    const { seenUpTo } = this.#receipts;
    return standingAfter(this.events, seenUpTo).filter((event) => this.#isTheirs(event)).length;
  }
  /** Who on the other side is typing. */
  get typist() {
    return this.#typing.typist;
  }

  /** Into the outbox, then into the thread, then onto the wire. Resolves when the outbox has it. */
  async send(command: OutboxItem['command'], id: CommandId = newCommandId()): Promise<void> {
    await this.sendAll([{ id, command }]);
  }

  /** @param instead messages of this or another log that these replace */
  async sendAll(
    messages: readonly NewMessage[],
    instead: readonly OutboxItem[] = [],
  ): Promise<void> {
    this.#typing.sent();
    await this.#pending.send(messages, this.seq, instead);
  }

  /** Sends a refused message once more. */
  async retry(item: OutboxItem): Promise<void> {
    const command = instead(item);
    if (!command) return this.#pending.retry(item);
    return this.sendAll([{ id: newCommandId(), command }], [item]);
  }

  /** Gives a message up: it leaves the outbox and the thread. */
  discard(item: OutboxItem): Promise<void> {
    return this.#pending.drop(item);
  }

  /** Asks for something and always gets an answer. Survives a reconnect, not a reload. */
  ask(command: Command): Promise<Answer> {
    return this.#pending.ask(command, this.seq);
  }

  /** Something is being written here, or no longer is. */
  typing(typing: boolean): void {
    this.#typing.say(typing);
  }

  /** Says what is stored nowhere. */
  signal(signal: object): void {
    this.#connection.send({ type: 'signal', signal });
  }

  /** Everything received so far has been in front of the reader's eyes. */
  markSeen(): void {
    this.#receipts.see(this.seq);
  }

  loadEarlier(): Promise<void> {
    return this.#log.loadEarlier();
  }

  /** A part of the log that is not kept here: it ends before `seq`. */
  pageBefore(seq: number): Promise<EarlierEvents<Event>> {
    return this.#options.earlier(seq);
  }

  /** Earlier events that were loaded elsewhere, and reach as far as those that are here. */
  join(events: readonly Event[], hasEarlier: boolean): void {
    this.#log.join(events, hasEarlier);
  }

  close(): void {
    this.#typing.close();
    this.#receipts.close();
    this.#connection.close();
    this.#pending.end();
  }

  #changeStatus(status: ConnectionStatus, closeCode: number | null): void {
    this.#status = status;
    this.#closeCode = closeCode;
    if (status === 'ended') {
      this.#pending.end();
      this.#options.onEnded?.(closeCode);
    } else if (status !== 'open') this.#pending.pause();
  }

  #receive(frame: LogFrame<State> | null): void {
    if (!frame) return;
    switch (frame.type) {
      case 'welcome': {
        const { isKnown } = this;
        this.#receipts.welcomed(frame.receipts);
        if (frame.reset || !isKnown) this.#replace(frame);
        else this.#append(frame.events, frame.seq);
        this.#log.settle(frame.state);
        this.#pending.open();
        this.#role.onWelcome?.();
        if (!isKnown) this.#options.onKnown?.();
        return;
      }
      case 'events':
        if (frame.receipts) this.#receipts.hear(frame.receipts);
        this.#append(frame.events, frame.upTo);
        return;
      case 'accepted':
        this.#pending.acknowledge(frame.id);
        return;
      case 'refused':
        if (frame.id) this.#pending.refused(frame.id, frame.refusal);
        return;
      case 'signal': {
        const [signal] = known(serverSignalSchema, [frame.signal]);
        if (signal?.type === 'receipts') this.#receipts.hear(signal.receipts);
        if (signal?.type === 'typing') this.#typing.hear(signal.typing ? signal.by : null);
        this.#role.onSignal?.(frame.signal);
      }
    }
  }

  #replace(snapshot: LogSnapshot<State>): void {
    const events = this.#log.replace(snapshot);
    this.#receipts.arrived(events);
    for (const { id } of events) this.#pending.acknowledge(id);
  }

  #append(events: readonly unknown[], upTo: number): void {
    const fresh = this.#log.append(events, upTo);
    if (fresh.length === 0) return;
    this.#role.onState?.();
    this.#receipts.arrived(fresh);
    for (const { id } of fresh) this.#pending.acknowledge(id);
    if (fresh.some((event) => this.#isTheirs(event))) this.#typing.hear(null);
    this.#options.onEvents?.(fresh);
  }

  /** A message of the other side. */
  #isTheirs({ type, by }: Event): boolean {
    return type === 'message.sent' && this.#role.isTheirs(by);
  }
}
