// What was sent from this page in one conversation and is not answered yet: messages, which are in the outbox
// and in sight, and commands whose answer somebody awaits.

import type { ConversationCommand } from '#shared/conversation/commands.ts';
import { newCommandId, type CommandId, type ConversationId } from '#shared/ids.ts';
import { accept, type Outcome, type Refusal } from '#shared/refusals.ts';
import type { Outbox, OutboxItem } from './outbox.ts';

export interface Sent {
  readonly id: CommandId;
  /** What its author had read. */
  readonly after: number;
  readonly command: ConversationCommand;
}

interface Asked {
  command: ConversationCommand;
  after: number;
  answer: (outcome: Outcome<null>) => void;
}

interface Options {
  conversationId: ConversationId;
  outbox: Outbox;
  /** Puts it onto the wire, if there is one; else {@link Unanswered.resend} will. */
  transmit: (sent: Sent) => void;
  /** A message was refused. Return true to take it over; else it stays in sight as failed. */
  onRefused?: ((item: OutboxItem, refusal: Refusal) => boolean) | undefined;
}

export class Unanswered {
  readonly #options: Options;
  readonly #asked = new Map<CommandId, Asked>();
  #messages = $state.raw<readonly OutboxItem[]>([]);

  constructor(options: Options) {
    this.#options = options;
  }

  /** In the order they were written. */
  get messages() {
    return this.#messages;
  }

  /** Into the outbox first, so that what is shown is also kept. */
  async send(command: OutboxItem['command'], after: number): Promise<void> {
    const { conversationId, outbox, transmit } = this.#options;
    const id = newCommandId();
    const item = { conversationId, id, after, command, mintedAt: Date.now(), refusal: null };
    await outbox.put(item);
    this.#messages = [...this.#messages, item];
    transmit(item);
  }

  /** Brings back what an earlier page left in the outbox, but for what the log has by now. */
  async restore(isStored: (id: CommandId) => boolean): Promise<void> {
    const { conversationId, outbox, transmit } = this.#options;
    const kept = await outbox.of(conversationId);
    const known = new Set(this.#messages.map(({ id }) => id));
    const restored = kept.filter(({ id }) => !known.has(id) && !isStored(id));
    this.#messages = [...restored, ...this.#messages];
    for (const item of restored) if (item.refusal === null) transmit(item);
  }

  /** Sends a refused message once more, under the same id. */
  async retry(item: OutboxItem): Promise<void> {
    this.#options.transmit(await this.#mark(item, null));
  }

  ask(command: ConversationCommand, after: number): Promise<Outcome<null>> {
    return new Promise((answer) => {
      const id = newCommandId();
      const asked = { command, after, answer };
      this.#asked.set(id, asked);
      this.#options.transmit({ id, ...asked });
    });
  }

  /** The line is back. What was refused waits for its author. */
  resend(): void {
    const { transmit } = this.#options;
    for (const item of this.#messages) if (item.refusal === null) transmit(item);
    for (const [id, asked] of this.#asked) transmit({ id, ...asked });
  }

  accepted(id: CommandId): void {
    this.#answer(id, accept(null));
    this.stored(id);
  }

  refused(id: CommandId, refusal: Refusal): void {
    this.#answer(id, { ok: false, refusal });
    const item = this.#find(id);
    if (!item) return;
    if (this.#options.onRefused?.(item, refusal)) void this.drop(item);
    else void this.#mark(item, refusal);
  }

  /** The log has it. */
  stored(id: CommandId): void {
    const item = this.#find(id);
    if (item) void this.drop(item);
  }

  async drop(item: OutboxItem): Promise<void> {
    // From sight at once: there its event may stand already, under the same id.
    this.#messages = this.#messages.filter(({ id }) => id !== item.id);
    await this.#options.outbox.remove(item);
  }

  #find(id: CommandId): OutboxItem | undefined {
    return this.#messages.find((item) => item.id === id);
  }

  #answer(id: CommandId, outcome: Outcome<null>): void {
    this.#asked.get(id)?.answer(outcome);
    this.#asked.delete(id);
  }

  /** The desk said no, or (null) is to be asked once more. */
  async #mark(item: OutboxItem, refusal: Refusal | null): Promise<OutboxItem> {
    const marked = { ...item, refusal };
    this.#messages = this.#messages.map((other) => (other.id === item.id ? marked : other));
    await this.#options.outbox.put(marked);
    return marked;
  }
}
