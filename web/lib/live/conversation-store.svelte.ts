// A conversation as a page has it: the server's fold, continued by its socket, and what was written here
// and is not acknowledged yet. Visitors and agents use the same.

import type * as v from 'valibot';
import type { ConversationCommand } from '#shared/conversation/commands.ts';
import { conversationEventSchema, type ConversationEvent } from '#shared/conversation/events.ts';
import type { EventsPage } from '#shared/conversation/events-page.ts';
import {
  serverSignalSchema,
  type PresenceSignal,
  type QueuePosition,
} from '#shared/conversation/signals.ts';
import { evolve } from '#shared/conversation/evolve.ts';
import type { ConversationSnapshot } from '#shared/conversation/snapshot.ts';
import { NEW_CONVERSATION, type ConversationState } from '#shared/conversation/state.ts';
import { conversationServerFrame, known, knownFrame, PROTOCOL } from '#shared/frames.ts';
import { newCommandId, type CommandId, type ConversationId } from '#shared/ids.ts';
import { Connection, type ConnectionStatus } from './connection.ts';
import type { Environment } from './environment.ts';
import { EventLog, type LogSnapshot } from './event-log.svelte.ts';
import type { Outbox, OutboxItem } from './outbox.ts';
import { ReadReceipts } from './read-receipts.svelte.ts';
import { Typing } from './typing.svelte.ts';
import {
  PendingCommands,
  type Answer,
  type NewMessage,
  type OnRefused,
} from './pending-commands.svelte.ts';

export interface ConversationStoreOptions {
  conversationId: ConversationId;
  /** The reader on this page: an agent's id, or `visitor`. */
  own: string;
  /** Of /ws/conversations/:id, absolute. */
  url: string;
  protocols: () => string[];
  outbox: Outbox;
  /** What the server rendered, when it did; the socket continues from its `seq`. */
  initial?: ConversationSnapshot | undefined;
  /** Fetches the page of events that ends before `seq`. */
  earlier: (before: number) => Promise<EventsPage>;
  onRefused?: OnRefused | undefined;
  /** Called once, when the server has told what there is; never when the page began with a snapshot. */
  onKnown?: () => void;
  /** The server will not have this reader any more. */
  onEnded?: (closeCode: number | null) => void;
  /** Events that arrived live, for sounds and announcements. */
  onEvents?: (events: readonly ConversationEvent[]) => void;
  /** Said after each welcome: who is there the server forgets with the socket. */
  presence?: () => PresenceSignal | null;
  /** What is signalled beside what every reader is told. */
  onSignal?: (signal: unknown) => void;
  environment?: Environment | undefined;
}

export class ConversationStore {
  readonly id: ConversationId;
  readonly #options: ConversationStoreOptions;
  readonly #connection: Connection;
  readonly #log: EventLog<ConversationState, ConversationEvent>;
  readonly #pending: PendingCommands;
  readonly #receipts: ReadReceipts;
  readonly #typing: Typing;

  #queuePosition = $state.raw<(QueuePosition & { toldAt: number }) | null>(null);
  #status = $state.raw<ConnectionStatus>('connecting');
  #closeCode = $state.raw<number | null>(null);

  constructor(options: ConversationStoreOptions) {
    const { conversationId, own, outbox, initial, onRefused } = options;
    this.#options = options;
    this.id = conversationId;
    this.#log = new EventLog({
      initial: NEW_CONVERSATION,
      evolve,
      parse: (events) => known(conversationEventSchema, events),
      fetchEarlier: options.earlier,
    });
    this.#connection = new Connection({
      url: options.url,
      protocols: options.protocols,
      environment: options.environment,
      hello: () => ({ type: 'hello', protocol: PROTOCOL, since: this.#log.seq }),
      onFrame: (frame) => this.#receive(knownFrame(conversationServerFrame, frame)),
      onStatus: (status, closeCode) => this.#changeStatus(status, closeCode),
    });
    this.#receipts = new ReadReceipts(own, this.#connection);
    this.#typing = new Typing(this.#connection);
    this.#pending = new PendingCommands({
      conversationId,
      outbox,
      onRefused,
      connection: this.#connection,
      receipts: this.#receipts,
    });
    if (initial) {
      this.#receipts.hear(initial.receipts);
      this.#replace(initial);
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
    const { own } = this.#options;
    return this.#receipts.furthest((one) => (own === 'visitor' ? one !== own : one === 'visitor'));
  }
  /** In the queue; null while it is not known, or there is none. */
  get queuePosition() {
    return this.state.status === 'queued' ? this.#queuePosition : null;
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
    let count = 0;
    for (let i = this.events.length - 1; i >= 0; i--) {
      const event = this.events[i];
      if (!event || event.seq <= seenUpTo) break;
      if (this.#isTheirs(event)) count++;
    }
    return count;
  }
  /** Who on the other side is typing. */
  get typist() {
    return this.#typing.typist;
  }

  /** Into the outbox, then into the thread, then onto the wire. Resolves when the outbox has it. */
  async send(command: OutboxItem['command'], id: CommandId = newCommandId()): Promise<void> {
    await this.sendAll([{ id, command }]);
  }

  /** @param instead messages of this or another conversation that these replace */
  async sendAll(
    messages: readonly NewMessage[],
    instead: readonly OutboxItem[] = [],
  ): Promise<void> {
    this.#typing.sent();
    await this.#pending.send(messages, this.seq, instead);
  }

  /**
   * Sends a refused message once more. One that was stale becomes another message, now that its author has
   * read what came in between.
   */
  async retry(item: OutboxItem): Promise<void> {
    if (item.refusal?.code !== 'message.stale') return this.#pending.retry(item);
    return this.sendAll([{ id: newCommandId(), command: item.command }], [item]);
  }

  /** Gives a message up: it leaves the outbox and the thread. */
  discard(item: OutboxItem): Promise<void> {
    return this.#pending.drop(item);
  }

  /** Asks for something and always gets an answer. Survives a reconnect, not a reload. */
  ask(command: ConversationCommand): Promise<Answer> {
    return this.#pending.ask(command, this.seq);
  }

  /** Something is being written here, or no longer is. */
  typing(typing: boolean): void {
    this.#typing.say(typing);
  }

  /** Who is here, or where, has changed. */
  sayPresence(signal: PresenceSignal | null = this.#options.presence?.() ?? null): void {
    if (signal) this.#connection.send({ type: 'signal', signal });
  }

  /** Everything received so far has been in front of the reader's eyes. */
  markSeen(): void {
    this.#receipts.see(this.seq);
  }

  loadEarlier(): Promise<void> {
    return this.#log.loadEarlier();
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

  #receive(frame: v.InferOutput<typeof conversationServerFrame> | null): void {
    if (!frame) return;
    switch (frame.type) {
      case 'welcome': {
        const { isKnown } = this;
        this.#receipts.welcomed(frame.receipts);
        if (frame.reset || !isKnown) this.#replace(frame);
        else this.#append(frame.events, frame.seq);
        this.#log.settle(frame.state);
        this.#pending.open();
        this.sayPresence();
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
        if (signal?.type === 'queue') {
          this.#queuePosition = { ...signal.position, toldAt: Date.now() };
        }
        if (signal?.type === 'typing') this.#typing.hear(signal.typing ? signal.by : null);
        this.#options.onSignal?.(frame.signal);
      }
    }
  }

  #replace(snapshot: LogSnapshot<ConversationState>): void {
    const events = this.#log.replace(snapshot);
    this.#receipts.arrived(events);
    for (const { id } of events) this.#pending.acknowledge(id);
  }

  #append(events: readonly unknown[], upTo: number): void {
    const fresh = this.#log.append(events, upTo);
    if (fresh.length === 0) return;
    // One that comes back to the queue is elsewhere in it.
    if (this.state.status !== 'queued') this.#queuePosition = null;
    this.#receipts.arrived(fresh);
    for (const { id } of fresh) this.#pending.acknowledge(id);
    if (fresh.some((event) => this.#isTheirs(event))) this.#typing.hear(null);
    this.#options.onEvents?.(fresh);
  }

  /** A message of the other side. */
  #isTheirs({ type, by }: ConversationEvent): boolean {
    return type === 'message.sent' && (by.kind === 'visitor') !== (this.#options.own === 'visitor');
  }
}
