// What was sent from this page in one log and is not answered yet: messages, which are in the outbox
// and on the screen, and commands whose answer is awaited. Nothing goes out before the server's welcome.

import type { Quote } from '#shared/conversation/message-events.ts';
import { newCommandId, type CommandId } from '#shared/ids.ts';
import { accept, type Outcome, type Refusal } from '#shared/refusals.ts';
import type { Connection } from './connection.ts';
import type { LogId, Outbox, OutboxItem } from './outbox.ts';
import type { ReadReceipts } from './read-receipts.svelte.ts';

export interface NewMessage {
  readonly id: CommandId;
  readonly command: OutboxItem['command'];
  /** What it answers. */
  readonly quote?: Quote;
}

/** The server's answer; null when there will be none, since the connection has ended. */
export type Answer = Outcome<null> | null;

/** Answers with whether the message was taken over; if not, it stays on the screen as failed. */
export type OnRefused = (item: OutboxItem, refusal: Refusal) => boolean;

interface AwaitedCommand<Command> {
  readonly command: Command;
  /** What its author had read. */
  readonly after: number;
  readonly answer: (answer: Answer) => void;
}

/** What goes onto the wire: a message, or a command whose answer is awaited. */
type Transmitted<Command> = {
  readonly id: CommandId;
  readonly after: number;
  readonly command: Command | OutboxItem['command'];
};

interface Options {
  id: LogId;
  outbox: Outbox;
  connection: Pick<Connection, 'send'>;
  /** What has been read travels with what is sent. */
  receipts: Pick<ReadReceipts, 'take'>;
  onRefused?: OnRefused | undefined;
}

/** @template Command what can be asked for in the log */
export class PendingCommands<Command> {
  readonly #options: Options;
  readonly #awaited = new Map<CommandId, AwaitedCommand<Command>>();
  #messages = $state.raw<readonly OutboxItem[]>([]);
  /** What an earlier page left goes first. */
  #restored: Promise<void> = Promise.resolve();
  /** Between a welcome and the loss of the connection. */
  #isOpen = false;
  #hasEnded = false;
  /** The server has heard too much at once: messages wait until this has rung. */
  #held: ReturnType<typeof setTimeout> | undefined;
  #lastMintedAt = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  /** In the order in which they were written. */
  get messages() {
    return this.#messages;
  }

  /**
   * Puts messages into the outbox, then onto the screen, then onto the wire. Resolves when they are kept.
   * @param after what their author had read
   * @param instead what they replace, be it of another log: at any time one of the two is kept
   */
  async send(
    messages: readonly NewMessage[],
    after: number,
    instead: readonly OutboxItem[] = [],
  ): Promise<void> {
    const { id: conversationId, outbox } = this.#options;
    await this.#restored;
    const items = messages.map((message): OutboxItem => {
      return { ...message, conversationId, after, mintedAt: this.#mint(), refusal: null };
    });
    await outbox.write({ put: items, remove: instead });
    this.#forget([...instead, ...items]);
    this.#messages = [...this.#messages, ...items];
    this.#transmitMessages(items);
  }

  /** Brings back what an earlier page left in the outbox, except what the log has by now. */
  restore(isStored: (id: CommandId) => boolean): void {
    this.#restored = this.#bringBack(isStored);
  }

  async #bringBack(isStored: (id: CommandId) => boolean): Promise<void> {
    const { id: conversationId, outbox } = this.#options;
    const kept = (await outbox.all()).filter((item) => item.conversationId === conversationId);
    const stored = kept.filter(({ id }) => isStored(id));
    const restored = kept.filter((item) => !stored.includes(item) && !this.#find(item.id));
    this.#messages = [...restored, ...this.#messages];
    for (const { mintedAt } of restored)
      this.#lastMintedAt = Math.max(this.#lastMintedAt, mintedAt);
    this.#transmitMessages(restored);
    if (stored.length > 0) await outbox.write({ remove: stored });
  }

  /** Sends a refused message once more, under the same id. */
  async retry(item: OutboxItem): Promise<void> {
    this.#transmitMessages([await this.#mark(item, null)]);
  }

  ask(command: Command, after: number): Promise<Answer> {
    if (this.#hasEnded) return Promise.resolve(null);
    return new Promise((answer) => {
      const id = newCommandId();
      this.#awaited.set(id, { command, after, answer });
      this.#transmit({ id, command, after });
    });
  }

  /** The server has said welcome: all that waits goes out. */
  open(): void {
    this.#isOpen = true;
    this.#transmitMessages(this.#messages);
    for (const [id, { command, after }] of this.#awaited) this.#transmit({ id, command, after });
  }

  /** The connection is lost; what is sent meanwhile waits. */
  pause(): void {
    this.#isOpen = false;
  }

  /** There will be no more answers. */
  end(): void {
    this.pause();
    this.#hasEnded = true;
    clearTimeout(this.#held);
    for (const { answer } of this.#awaited.values()) answer(null);
    this.#awaited.clear();
  }

  /** The server has stored it: it says so, or the log has an event of it. */
  acknowledge(id: CommandId): void {
    this.#answer(id, accept(null));
    const item = this.#find(id);
    if (item) void this.drop(item);
  }

  refused(id: CommandId, refusal: Refusal): void {
    this.#answer(id, { ok: false, refusal });
    const item = this.#find(id);
    if (item && refusal.code === 'rate.limited') return this.#hold(refusal.details.seconds);
    if (!item || this.#options.onRefused?.(item, refusal)) return;
    void this.#mark(item, refusal);
  }

  /** Gives a message up. */
  async drop(item: OutboxItem): Promise<void> {
    // Off the screen at once: its event may be there already, under the same id.
    this.#forget([item]);
    await this.#options.outbox.write({ remove: [item] });
  }

  #forget(items: readonly OutboxItem[]): void {
    const ids = new Set(items.map(({ id }) => id));
    this.#messages = this.#messages.filter(({ id }) => !ids.has(id));
  }

  /** Nobody need do anything: after the pause all goes out again, in its order. */
  #hold(seconds: number): void {
    if (this.#held || this.#hasEnded) return;
    const release = () => {
      this.#held = undefined;
      this.#transmitMessages(this.#messages);
    };
    this.#held = setTimeout(release, seconds * 1000 * (1 + Math.random() / 10));
  }

  /** A refused message waits for its author. */
  #transmitMessages(items: readonly OutboxItem[]): void {
    if (this.#held) return;
    for (const item of items) if (item.refusal === null) this.#transmit(item);
  }

  #transmit({ id, after, command }: Transmitted<Command>): void {
    if (!this.#isOpen) return;
    const { connection, receipts } = this.#options;
    connection.send({ type: 'command', id, after, command, receipt: receipts.take() });
  }

  #find(id: CommandId): OutboxItem | undefined {
    return this.#messages.find((item) => item.id === id);
  }

  #answer(id: CommandId, outcome: Outcome<null>): void {
    this.#awaited.get(id)?.answer(outcome);
    this.#awaited.delete(id);
  }

  /** The server said no, or (null) is to be asked once more. */
  async #mark(item: OutboxItem, refusal: Refusal | null): Promise<OutboxItem> {
    const marked = { ...item, refusal };
    this.#messages = this.#messages.map((other) => (other.id === item.id ? marked : other));
    await this.#options.outbox.write({ put: [marked] });
    return marked;
  }

  /** The time, but never the same twice, and never back: the outbox is read in this order. */
  #mint(): number {
    this.#lastMintedAt = Math.max(Date.now(), this.#lastMintedAt + 1);
    return this.#lastMintedAt;
  }
}
