// A conversation as a page has it: the server's fold, continued by its socket, and what was written here
// and is not acknowledged yet. Visitors and agents use the same.

import * as v from 'valibot';
import type { EventsPage } from '#shared/api.ts';
import type { ConversationCommand } from '#shared/conversation/commands.ts';
import type { ConversationEvent, MessageSent } from '#shared/conversation/events.ts';
import { evolve } from '#shared/conversation/evolve.ts';
import { NO_MARKS, type Marks, type QueuePlace } from '#shared/conversation/signals.ts';
import type { ConversationSnapshot } from '#shared/conversation/snapshot.ts';
import { NEW_CONVERSATION, type ConversationState } from '#shared/conversation/state.ts';
import {
  conversationServerFrame,
  knownEvents,
  knownNotice,
  PROTOCOL,
  type ConversationServerFrame,
} from '#shared/frames.ts';
import { newCommandId, type CommandId, type ConversationId } from '#shared/ids.ts';
import { accept, type Outcome, type Refusal } from '#shared/refusals.ts';
import { Connection, type ConnectionStatus } from './connection.ts';
import type { Outbox, OutboxItem } from './outbox.ts';
import { Pending } from './pending.svelte.ts';
import { Typing } from './typing.svelte.ts';

export interface LiveConversationOptions {
  conversationId: ConversationId;
  /** Which side of the conversation this page is. */
  side: 'visitor' | 'agent';
  /** Of /ws/conversations/:id, absolute. */
  url: string;
  protocols: string[];
  outbox: Outbox;
  /** What the server rendered, when it did; the socket continues from its `seq`. */
  initial?: ConversationSnapshot | undefined;
  /** Fetches the page of events that ends before `seq`. */
  earlier: (before: number) => Promise<EventsPage>;
  /** A message was refused. Return true to take it over; else it stays in the thread as failed. */
  onRefused?: (item: OutboxItem, refusal: Refusal) => boolean;
  /** Events that arrived live, for sounds and announcements. */
  onEvents?: (events: readonly ConversationEvent[]) => void;
}

interface Asked {
  command: ConversationCommand;
  after: number;
  answer: (outcome: Outcome<null>) => void;
}

export class LiveConversation {
  readonly id: ConversationId;
  readonly #options: LiveConversationOptions;
  readonly #connection: Connection;
  readonly #pending: Pending;
  readonly #typing: Typing;
  /** Commands, such as taking or ending, whose answer somebody awaits. */
  readonly #asked = new Map<CommandId, Asked>();

  #state = $state.raw<ConversationState>(NEW_CONVERSATION);
  #events = $state.raw<readonly ConversationEvent[]>([]);
  #marks = $state.raw<Marks>(NO_MARKS);
  #place = $state.raw<QueuePlace | null>(null);
  #hasEarlier = $state.raw(false);
  #status = $state.raw<ConnectionStatus>('connecting');
  #closeCode = $state.raw<number | null>(null);
  /** Null until the first welcome or snapshot. */
  #seq = $state.raw<number | null>(null);

  /** Between a welcome and the line's loss; before it, what was written earlier must go first. */
  #welcomed = false;
  #seenUpTo = $state.raw(0);
  #markSaid = { delivered: 0, seen: 0 };

  constructor(options: LiveConversationOptions) {
    this.#options = options;
    this.id = options.conversationId;
    this.#pending = new Pending(options.conversationId, options.outbox);
    this.#typing = new Typing((typing) => {
      this.#connection.send({ type: 'signal', signal: { type: 'typing', typing } });
    });
    if (options.initial) this.#replace(options.initial, options.initial.events);
    this.#connection = new Connection({
      url: options.url,
      protocols: options.protocols,
      hello: () => ({ type: 'hello', protocol: PROTOCOL, since: this.#seq }),
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
    void this.#restore();
  }

  get state() {
    return this.#state;
  }
  /** Of the last event that has arrived; 0 before the first. */
  get seq() {
    return this.#seq ?? 0;
  }
  /** False until the server has told what there is: then `state` is a mere beginning. */
  get isKnown() {
    return this.#seq !== null;
  }
  /** In order; gapless from the first one on. */
  get events() {
    return this.#events;
  }
  /** Written here, not yet acknowledged; they stand below the events. */
  get pending() {
    return this.#pending.items;
  }
  get marks() {
    return this.#marks;
  }
  /** In the queue; null while it is not known, or there is none. */
  get place() {
    return this.#state.status === 'queued' ? this.#place : null;
  }
  get hasEarlier() {
    return this.#hasEarlier;
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
    const seen = Math.max(this.#marks[this.#options.side].seen, this.#seenUpTo);
    let count = 0;
    for (let i = this.#events.length - 1; i >= 0; i--) {
      const event = this.#events[i];
      if (!event || event.seq <= seen) break;
      if (this.#isTheirs(event)) count++;
    }
    return count;
  }
  /** Who on the other side is typing. */
  get typist() {
    return this.#typing.typist;
  }

  /** Into the outbox, then into the thread, then onto the wire. */
  async send(command: OutboxItem['command']): Promise<void> {
    this.#typing.sent();
    this.#transmit(await this.#pending.add(command, this.#seq ?? 0));
  }

  /**
   * Sends a refused message once more, under the same id; one that was stale is written anew, now that
   * its author has read what came in between.
   */
  async retry(item: OutboxItem): Promise<void> {
    if (item.refusal?.code !== 'message.stale') {
      return this.#transmit(await this.#pending.mark(item, null));
    }
    await this.#pending.drop(item);
    await this.send(item.command);
  }

  /** Gives a message up: it leaves the outbox and the thread. */
  discard(item: OutboxItem): Promise<void> {
    return this.#pending.drop(item);
  }

  /** Asks for something whose answer is awaited. Survives a reconnect, not a reload. */
  ask(command: ConversationCommand): Promise<Outcome<null>> {
    return new Promise((answer) => {
      const id = newCommandId();
      const asked = { command, after: this.#seq ?? 0, answer };
      this.#asked.set(id, asked);
      this.#transmit({ id, ...asked });
    });
  }

  /** Something is being written here, or no longer is. */
  typing(typing: boolean): void {
    this.#typing.say(typing);
  }

  /** Everything received so far has been in front of the reader's eyes. */
  markSeen(): void {
    this.#seenUpTo = this.#seq ?? 0;
    this.#sayMark();
  }

  async loadEarlier(): Promise<void> {
    const first = this.#events[0];
    if (!first || !this.#hasEarlier) return;
    const page = await this.#options.earlier(first.seq);
    if (this.#events[0] !== first) return; // A reset came in between.
    this.#events = [...page.events, ...this.#events];
    this.#hasEarlier = page.hasEarlier;
  }

  close(): void {
    this.#typing.close();
    this.#connection.close();
  }

  async #restore(): Promise<void> {
    const isStored = (id: CommandId) => this.#events.some((event) => event.id === id);
    const restored = await this.#pending.restore(isStored);
    for (const item of restored) this.#transmit(item);
  }

  #transmit({
    id,
    after,
    command,
  }: {
    id: CommandId;
    after: number;
    command: ConversationCommand;
  }) {
    if (this.#welcomed) this.#connection.send({ type: 'command', id, after, command });
  }

  #receive(frame: ConversationServerFrame): void {
    switch (frame.type) {
      case 'welcome': {
        this.#welcomed = true;
        const events = knownEvents(frame.events);
        if (frame.reset || this.#seq === null) this.#replace(frame, events);
        else this.#append(events, frame.seq);
        this.#state = frame.state;
        this.#marks = frame.marks;
        this.#markSaid = { delivered: 0, seen: 0 };
        this.#sayMark();
        for (const item of this.#pending.unrefused) this.#transmit(item);
        for (const [id, asked] of this.#asked) this.#transmit({ id, ...asked });
        return;
      }
      case 'events': {
        const events = knownEvents(frame.events);
        this.#append(events, frame.upTo);
        this.#sayMark();
        return;
      }
      case 'accepted':
        this.#asked.get(frame.id)?.answer(accept(null));
        this.#asked.delete(frame.id);
        this.#pending.acknowledge(frame.id);
        return;
      case 'refused':
        if (frame.id) this.#refused(frame.id, frame.refusal);
        return;
      case 'signal': {
        const notice = knownNotice(frame.signal);
        if (notice?.type === 'marks') this.#marks = notice.marks;
        if (notice?.type === 'queue') this.#place = notice.place;
        if (notice?.type === 'typing') this.#typing.hear(notice.typing ? notice.by : null);
      }
    }
  }

  #replace(snapshot: Omit<ConversationSnapshot, 'events'>, events: ConversationEvent[]): void {
    this.#state = snapshot.state;
    this.#marks = snapshot.marks;
    this.#hasEarlier = snapshot.hasEarlier;
    this.#events = events;
    this.#seq = snapshot.seq;
    for (const event of events) this.#pending.acknowledge(event.id);
  }

  #append(events: readonly ConversationEvent[], upTo: number): void {
    const have = this.#seq ?? 0;
    const fresh = events.filter(({ seq }) => seq > have);
    this.#seq = Math.max(have, upTo);
    if (fresh.length === 0) return;
    this.#events = [...this.#events, ...fresh];
    this.#state = fresh.reduce(evolve, this.#state);
    // Whoever comes back to the queue stands elsewhere.
    if (this.#state.status !== 'queued') this.#place = null;
    for (const event of fresh) this.#pending.acknowledge(event.id);
    if (fresh.some((event) => this.#isTheirs(event))) this.#typing.hear(null);
    this.#options.onEvents?.(fresh);
  }

  #refused(id: CommandId, refusal: Refusal): void {
    this.#asked.get(id)?.answer({ ok: false, refusal });
    this.#asked.delete(id);
    const item = this.#pending.find(id);
    if (!item) return;
    if (this.#options.onRefused?.(item, refusal)) void this.#pending.drop(item);
    else void this.#pending.mark(item, refusal);
  }

  #sayMark(): void {
    const mark = { delivered: this.#seq ?? 0, seen: this.#seenUpTo };
    if (mark.delivered === this.#markSaid.delivered && mark.seen === this.#markSaid.seen) return;
    if (!this.#welcomed) return;
    this.#markSaid = mark;
    this.#connection.send({ type: 'signal', signal: { type: 'mark', ...mark } });
  }

  #isTheirs(event: ConversationEvent): event is MessageSent {
    return event.type === 'message.sent' && event.by.kind !== this.#options.side;
  }
}
