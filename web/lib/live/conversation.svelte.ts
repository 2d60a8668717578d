// A conversation as a page has it: the server's fold, continued by its socket, and what was written here
// and is not acknowledged yet. Visitors and agents use the same.

import * as v from 'valibot';
import {
  evolve,
  NEW_CONVERSATION,
  NO_MARKS,
  type ConversationCommand,
  type ConversationEvent,
  type ConversationNotice,
  type ConversationSnapshot,
  type ConversationState,
  type Marks,
  type MessageSent,
} from '#shared/conversation.ts';
import {
  conversationServerFrame,
  knownEvents,
  knownNotice,
  PROTOCOL,
  type ConversationServerFrame,
} from '#shared/frames.ts';
import { newCommandId, type CommandId, type ConversationId } from '#shared/ids.ts';
import { accept, type Outcome, type Refusal } from '#shared/refusals.ts';
import type { EventsPage } from '#shared/api.ts';
import { Connection, type ConnectionStatus } from './connection.ts';
import type { Outbox, OutboxItem } from './outbox.ts';

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

const TYPING_SAID_EVERY_MS = 3_000;
const TYPING_FORGOTTEN_MS = 6_000;

export class LiveConversation {
  readonly id: ConversationId;
  readonly #options: LiveConversationOptions;
  readonly #connection: Connection;
  /** Interactive commands (take, end) whose answer somebody awaits. */
  readonly #asked = new Map<CommandId, Asked>();

  #state = $state.raw<ConversationState>(NEW_CONVERSATION);
  #events = $state.raw<readonly ConversationEvent[]>([]);
  #marks = $state.raw<Marks>(NO_MARKS);
  #pending = $state.raw<readonly OutboxItem[]>([]);
  #hasEarlier = $state.raw(false);
  #status = $state.raw<ConnectionStatus>('connecting');
  #closeCode = $state.raw<number | null>(null);
  #typist = $state.raw<(ConversationNotice & { type: 'typing' }) | null>(null);
  /** Null until the first welcome or snapshot. */
  #seq = $state.raw<number | null>(null);

  /** Between a welcome and the line's loss; before it, what was written earlier must go first. */
  #welcomed = false;
  #seenUpTo = $state.raw(0);
  #markSaid = { delivered: 0, seen: 0 };
  #typingSaidAt = 0;
  #typistTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LiveConversationOptions) {
    this.#options = options;
    this.id = options.conversationId;
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
    return this.#pending;
  }
  get marks() {
    return this.#marks;
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
    return this.#typist?.by ?? null;
  }

  /** Into the outbox, then into the thread, then onto the wire. */
  async send(command: OutboxItem['command']): Promise<void> {
    const item: OutboxItem = {
      conversationId: this.id,
      id: newCommandId(),
      after: this.#seq ?? 0,
      command,
      mintedAt: Date.now(),
      refusal: null,
    };
    this.#typingSaidAt = 0;
    await this.#options.outbox.put(item);
    this.#pending = [...this.#pending, item];
    this.#transmit(item);
  }

  /**
   * Sends a refused message once more, under the same id; one that was stale is written anew, now that
   * its author has read what came in between.
   */
  async retry(item: OutboxItem): Promise<void> {
    if (item.refusal?.code === 'message.stale') {
      await this.discard(item);
      return this.send(item.command);
    }
    const fresh = { ...item, refusal: null };
    await this.#options.outbox.put(fresh);
    this.#pending = this.#pending.map((other) => (other.id === item.id ? fresh : other));
    this.#transmit(fresh);
  }

  /** Gives a message up: it leaves the outbox and the thread. */
  async discard(item: OutboxItem): Promise<void> {
    // From the thread at once: there its event may stand already, under the same id.
    this.#pending = this.#pending.filter(({ id }) => id !== item.id);
    await this.#options.outbox.remove(item);
  }

  /** Asks for something whose answer is awaited: taking, ending. Survives a reconnect, not a reload. */
  ask(command: ConversationCommand): Promise<Outcome<null>> {
    return new Promise((answer) => {
      const id = newCommandId();
      const asked = { command, after: this.#seq ?? 0, answer };
      this.#asked.set(id, asked);
      this.#transmit({ id, ...asked });
    });
  }

  /** Tells the other side, sparingly, that something is being written here, or no longer is. */
  typing(typing: boolean): void {
    const now = Date.now();
    if (typing ? now - this.#typingSaidAt < TYPING_SAID_EVERY_MS : this.#typingSaidAt === 0) return;
    this.#typingSaidAt = typing ? now : 0;
    this.#connection.send({ type: 'signal', signal: { type: 'typing', typing } });
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
    clearTimeout(this.#typistTimer);
    this.#connection.close();
  }

  async #restore(): Promise<void> {
    const items = await this.#options.outbox.of(this.id);
    const known = new Set(this.#pending.map(({ id }) => id));
    const restored = items.filter(({ id }) => !known.has(id) && !this.#isStored(id));
    this.#pending = [...restored, ...this.#pending];
    for (const item of restored) if (!item.refusal) this.#transmit(item);
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
        for (const item of this.#pending) if (!item.refusal) this.#transmit(item);
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
        this.#acknowledge(frame.id);
        return;
      case 'refused':
        if (frame.id) this.#refused(frame.id, frame.refusal);
        return;
      case 'signal': {
        const notice = knownNotice(frame.signal);
        if (notice?.type === 'marks') this.#marks = notice.marks;
        if (notice?.type === 'typing') this.#hearTyping(notice.typing ? notice : null);
      }
    }
  }

  #replace(snapshot: Omit<ConversationSnapshot, 'events'>, events: ConversationEvent[]): void {
    this.#state = snapshot.state;
    this.#marks = snapshot.marks;
    this.#hasEarlier = snapshot.hasEarlier;
    this.#events = events;
    this.#seq = snapshot.seq;
    for (const event of events) this.#acknowledge(event.id);
  }

  #append(events: readonly ConversationEvent[], upTo: number): void {
    const have = this.#seq ?? 0;
    const fresh = events.filter(({ seq }) => seq > have);
    this.#seq = Math.max(have, upTo);
    if (fresh.length === 0) return;
    this.#events = [...this.#events, ...fresh];
    this.#state = fresh.reduce(evolve, this.#state);
    for (const event of fresh) this.#acknowledge(event.id);
    if (fresh.some((event) => this.#isTheirs(event))) this.#hearTyping(null);
    this.#options.onEvents?.(fresh);
  }

  #acknowledge(id: CommandId): void {
    const item = this.#pending.find((other) => other.id === id);
    if (item) void this.discard(item);
  }

  #refused(id: CommandId, refusal: Refusal): void {
    this.#asked.get(id)?.answer({ ok: false, refusal });
    this.#asked.delete(id);
    const item = this.#pending.find((other) => other.id === id);
    if (!item) return;
    if (this.#options.onRefused?.(item, refusal)) {
      void this.discard(item);
      return;
    }
    const failed = { ...item, refusal };
    void this.#options.outbox.put(failed);
    this.#pending = this.#pending.map((other) => (other.id === id ? failed : other));
  }

  #hearTyping(notice: (ConversationNotice & { type: 'typing' }) | null): void {
    clearTimeout(this.#typistTimer);
    this.#typist = notice;
    if (notice) this.#typistTimer = setTimeout(() => (this.#typist = null), TYPING_FORGOTTEN_MS);
  }

  #sayMark(): void {
    const mark = { delivered: this.#seq ?? 0, seen: this.#seenUpTo };
    if (mark.delivered === this.#markSaid.delivered && mark.seen === this.#markSaid.seen) return;
    if (!this.#welcomed) return;
    this.#markSaid = mark;
    this.#connection.send({ type: 'signal', signal: { type: 'mark', ...mark } });
  }

  #isStored(id: CommandId): boolean {
    return this.#events.some((event) => event.id === id);
  }

  #isTheirs(event: ConversationEvent): event is MessageSent {
    return event.type === 'message.sent' && event.by.kind !== this.#options.side;
  }
}
