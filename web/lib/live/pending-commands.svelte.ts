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

interface DecisionContext {
  command: ConversationCommand;
  after: number;
  answer: (outcome: Outcome<null>) => void;
}

type Transmit = (sent: Sent) => void;
/** Answers with whether somebody takes the message over; else it stays in sight as failed. */
export type OnRefused = (item: OutboxItem, refusal: Refusal) => boolean;

export class PendingCommands {
  readonly #conversationId: ConversationId;
  readonly #outbox: Outbox;
  readonly #transmit: Transmit;
  readonly #onRefused: OnRefused | undefined;
  readonly #asked = new Map<CommandId, DecisionContext>();
  #messages = $state.raw<readonly OutboxItem[]>([]);
  /** What an earlier page left goes first. */
  #restored: Promise<void> = Promise.resolve();

  constructor(
    conversationId: ConversationId,
    outbox: Outbox,
    transmit: Transmit,
    onRefused?: OnRefused,
  ) {
    this.#conversationId = conversationId;
    this.#outbox = outbox;
    this.#transmit = transmit;
    this.#onRefused = onRefused;
  }

  /** In the order they were written. */
  get messages() {
    return this.#messages;
  }

  /**
   * Into the outbox first, so that what is shown is also kept.
   * @param instead a refused one that is hereby written anew, below all that came in between
   */
  async send(command: OutboxItem['command'], after: number, instead?: OutboxItem): Promise<void> {
    const item = {
      conversationId: this.#conversationId,
      id: newCommandId(),
      after,
      command,
      mintedAt: Date.now(),
      refusal: null,
    };
    await this.#outbox.put(item, instead);
    await this.#restored;
    this.#messages = [...this.#messages.filter(({ id }) => id !== instead?.id), item];
    this.#transmit(item);
  }

  /** Brings back what an earlier page left in the outbox, but for what the log has by now. */
  restore(isStored: (id: CommandId) => boolean): void {
    this.#restored = this.#bringBack(isStored);
  }

  async #bringBack(isStored: (id: CommandId) => boolean): Promise<void> {
    const kept = await this.#outbox.of(this.#conversationId);
    const known = new Set(this.#messages.map(({ id }) => id));
    const restored = kept.filter(({ id }) => !known.has(id) && !isStored(id));
    this.#messages = [...restored, ...this.#messages];
    for (const item of restored) if (item.refusal === null) this.#transmit(item);
  }

  /** Sends a refused message once more, under the same id. */
  async retry(item: OutboxItem): Promise<void> {
    this.#transmit(await this.#mark(item, null));
  }

  ask(command: ConversationCommand, after: number): Promise<Outcome<null>> {
    return new Promise((answer) => {
      const id = newCommandId();
      const asked = { command, after, answer };
      this.#asked.set(id, asked);
      this.#transmit({ id, ...asked });
    });
  }

  /** The line is back. What was refused waits for its author. */
  resend(): void {
    for (const item of this.#messages) if (item.refusal === null) this.#transmit(item);
    for (const [id, asked] of this.#asked) this.#transmit({ id, ...asked });
  }

  refused(id: CommandId, refusal: Refusal): void {
    this.#answer(id, { ok: false, refusal });
    const item = this.#find(id);
    if (!item) return;
    if (this.#onRefused?.(item, refusal)) void this.drop(item);
    else void this.#mark(item, refusal);
  }

  /** The log has it. */
  stored(id: CommandId): void {
    this.#answer(id, accept(null));
    const item = this.#find(id);
    if (item) void this.drop(item);
  }

  async drop(item: OutboxItem): Promise<void> {
    // From sight at once: there its event may stand already, under the same id.
    this.#messages = this.#messages.filter(({ id }) => id !== item.id);
    await this.#outbox.remove(item);
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
    await this.#outbox.put(marked);
    return marked;
  }
}
