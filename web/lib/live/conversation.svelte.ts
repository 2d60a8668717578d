// A conversation as a page has it: the server's fold, continued by its socket, and what was written here
// and is not acknowledged yet. Visitors and agents use the same.

import * as v from 'valibot';
import type { ConversationCommand } from '#shared/conversation/commands.ts';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import type { QueuePlace } from '#shared/conversation/signals.ts';
import type { ConversationSnapshot } from '#shared/conversation/snapshot.ts';
import {
  conversationServerFrame,
  knownEvents,
  knownNotice,
  PROTOCOL,
  type ConversationServerFrame,
} from '#shared/frames.ts';
import type { ConversationId } from '#shared/ids.ts';
import type { Outcome } from '#shared/refusals.ts';
import { Connection, type ConnectionStatus } from './connection.ts';
import { Log, type FetchEarlier } from './log.svelte.ts';
import type { Outbox, OutboxItem } from './outbox.ts';
import { Reading, type Side } from './reading.svelte.ts';
import { Typing } from './typing.svelte.ts';
import { Unanswered, type OnRefused, type Sent } from './unanswered.svelte.ts';

export interface LiveConversationOptions {
  conversationId: ConversationId;
  side: Side;
  /** Of /ws/conversations/:id, absolute. */
  url: string;
  protocols: string[];
  outbox: Outbox;
  /** What the server rendered, when it did; the socket continues from its `seq`. */
  initial?: ConversationSnapshot | undefined;
  earlier: FetchEarlier;
  onRefused?: OnRefused;
  /** Events that arrived live, for sounds and announcements. */
  onEvents?: (events: readonly ConversationEvent[]) => void;
}

export class LiveConversation {
  readonly id: ConversationId;
  readonly #options: LiveConversationOptions;
  readonly #connection: Connection;
  readonly #log: Log;
  readonly #unanswered: Unanswered;
  readonly #reading: Reading;
  readonly #typing: Typing;

  #place = $state.raw<QueuePlace | null>(null);
  #status = $state.raw<ConnectionStatus>('connecting');
  #closeCode = $state.raw<number | null>(null);
  /** Between a welcome and the line's loss; before it, what was written earlier must go first. */
  #welcomed = false;

  constructor(options: LiveConversationOptions) {
    const { conversationId, side, outbox, initial, onRefused } = options;
    this.#options = options;
    this.id = conversationId;
    this.#log = new Log(options.earlier);
    const transmit = ({ id, after, command }: Sent) => {
      if (this.#welcomed) this.#connection.send({ type: 'command', id, after, command });
    };
    this.#unanswered = new Unanswered(conversationId, outbox, transmit, onRefused);
    this.#reading = new Reading(side, (mark) => {
      this.#connection.send({ type: 'signal', signal: { type: 'mark', ...mark } });
    });
    this.#typing = new Typing((typing) => {
      this.#connection.send({ type: 'signal', signal: { type: 'typing', typing } });
    });
    if (initial) this.#replace(initial, initial.events);
    this.#connection = new Connection({
      url: options.url,
      protocols: options.protocols,
      hello: () => ({ type: 'hello', protocol: PROTOCOL, since: this.#log.seq }),
      onFrame: (frame) => this.#receive(v.parse(conversationServerFrame, frame)),
      onStatus: (status, closeCode) => {
        this.#status = status;
        this.#closeCode = closeCode;
        this.#welcomed = false;
      },
    });
  }

  /** Only in a browser; until then the store shows what it was made with. */
  connect(): void {
    this.#connection.connect();
    this.#unanswered.restore((id) => this.#log.has(id));
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
    return this.#unanswered.messages;
  }
  get marks() {
    return this.#reading.marks;
  }
  /** In the queue; null while it is not known, or there is none. */
  get place() {
    return this.state.status === 'queued' ? this.#place : null;
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
    return this.#reading.unreadOf(this.events);
  }
  /** Who on the other side is typing. */
  get typist() {
    return this.#typing.typist;
  }

  /** Into the outbox, then into the thread, then onto the wire. */
  async send(command: OutboxItem['command']): Promise<void> {
    this.#typing.sent();
    await this.#unanswered.send(command, this.seq);
  }

  /**
   * Sends a refused message once more; one that was stale is written anew, now that its author has read
   * what came in between.
   */
  async retry(item: OutboxItem): Promise<void> {
    if (item.refusal?.code !== 'message.stale') return this.#unanswered.retry(item);
    return this.#unanswered.send(item.command, this.seq, item);
  }

  /** Gives a message up: it leaves the outbox and the thread. */
  discard(item: OutboxItem): Promise<void> {
    return this.#unanswered.drop(item);
  }

  /** Asks for something whose answer is awaited. Survives a reconnect, not a reload. */
  ask(command: ConversationCommand): Promise<Outcome<null>> {
    return this.#unanswered.ask(command, this.seq);
  }

  /** Something is being written here, or no longer is. */
  typing(typing: boolean): void {
    this.#typing.say(typing);
  }

  /** Everything received so far has been in front of the reader's eyes. */
  markSeen(): void {
    this.#reading.see(this.seq);
    this.#sayMark();
  }

  loadEarlier(): Promise<void> {
    return this.#log.loadEarlier();
  }

  close(): void {
    this.#typing.close();
    this.#connection.close();
  }

  #receive(frame: ConversationServerFrame): void {
    switch (frame.type) {
      case 'welcome': {
        this.#welcomed = true;
        const events = knownEvents(frame.events);
        if (frame.reset || !this.isKnown) this.#replace(frame, events);
        else this.#append(events, frame.seq);
        this.#log.settle(frame.state);
        this.#reading.hear(frame.marks);
        this.#reading.forgetSaid();
        this.#sayMark();
        this.#unanswered.resend();
        return;
      }
      case 'events':
        this.#append(knownEvents(frame.events), frame.upTo);
        this.#sayMark();
        return;
      case 'accepted':
        this.#unanswered.accepted(frame.id);
        return;
      case 'refused':
        if (frame.id) this.#unanswered.refused(frame.id, frame.refusal);
        return;
      case 'signal': {
        const notice = knownNotice(frame.signal);
        if (notice?.type === 'marks') this.#reading.hear(notice.marks);
        if (notice?.type === 'queue') this.#place = notice.place;
        if (notice?.type === 'typing') this.#typing.hear(notice.typing ? notice.by : null);
      }
    }
  }

  #replace(
    snapshot: Omit<ConversationSnapshot, 'events'>,
    events: readonly ConversationEvent[],
  ): void {
    this.#log.replace(snapshot, events);
    this.#reading.hear(snapshot.marks);
    for (const { id } of events) this.#unanswered.stored(id);
  }

  #append(events: readonly ConversationEvent[], upTo: number): void {
    const fresh = this.#log.append(events, upTo);
    if (fresh.length === 0) return;
    // Whoever comes back to the queue stands elsewhere.
    if (this.state.status !== 'queued') this.#place = null;
    for (const { id } of fresh) this.#unanswered.stored(id);
    if (fresh.some((event) => this.#reading.isTheirs(event))) this.#typing.hear(null);
    this.#options.onEvents?.(fresh);
  }

  #sayMark(): void {
    if (this.#welcomed) this.#reading.say(this.seq);
  }
}
