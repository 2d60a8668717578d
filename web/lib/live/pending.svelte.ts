// What was written here in one conversation and is not acknowledged yet: in the outbox, and in sight.

import { type CommandId, type ConversationId, newCommandId } from '#shared/ids.ts';
import type { Refusal } from '#shared/refusals.ts';
import type { Outbox, OutboxItem } from './outbox.ts';

export class Pending {
  readonly #conversationId: ConversationId;
  readonly #outbox: Outbox;
  #items = $state.raw<readonly OutboxItem[]>([]);

  constructor(conversationId: ConversationId, outbox: Outbox) {
    this.#conversationId = conversationId;
    this.#outbox = outbox;
  }

  /** In the order they were written. */
  get items() {
    return this.#items;
  }

  /** Those that wait for the line, and not for their author. */
  get unrefused() {
    return this.#items.filter(({ refusal }) => refusal === null);
  }

  /** Into the outbox first, so that what is shown is also kept. */
  async add(command: OutboxItem['command'], after: number): Promise<OutboxItem> {
    const item: OutboxItem = {
      conversationId: this.#conversationId,
      id: newCommandId(),
      after,
      command,
      mintedAt: Date.now(),
      refusal: null,
    };
    await this.#outbox.put(item);
    this.#items = [...this.#items, item];
    return item;
  }

  /** Brings back what an earlier page left in the outbox, but for what the log has by now. */
  async restore(isStored: (id: CommandId) => boolean): Promise<readonly OutboxItem[]> {
    const kept = await this.#outbox.of(this.#conversationId);
    const known = new Set(this.#items.map(({ id }) => id));
    const restored = kept.filter(({ id }) => !known.has(id) && !isStored(id));
    this.#items = [...restored, ...this.#items];
    return restored.filter(({ refusal }) => refusal === null);
  }

  find(id: CommandId): OutboxItem | undefined {
    return this.#items.find((item) => item.id === id);
  }

  /** The desk said no, or (null) is to be asked once more. */
  async mark(item: OutboxItem, refusal: Refusal | null): Promise<OutboxItem> {
    const marked = { ...item, refusal };
    this.#items = this.#items.map((other) => (other.id === item.id ? marked : other));
    await this.#outbox.put(marked);
    return marked;
  }

  async drop(item: OutboxItem): Promise<void> {
    // From sight at once: there its event may stand already, under the same id.
    this.#items = this.#items.filter(({ id }) => id !== item.id);
    await this.#outbox.remove(item);
  }

  acknowledge(id: CommandId): void {
    const item = this.find(id);
    if (item) void this.drop(item);
  }
}
