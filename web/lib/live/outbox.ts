// What was written and is not yet acknowledged, kept so that it survives reload and offline.

import type { MessageBody } from '#shared/conversation/body.ts';
import type { ConversationCommand } from '#shared/conversation/commands.ts';
import type { CommandId, ConversationId } from '#shared/ids.ts';
import type { Refusal } from '#shared/refusals.ts';

export interface OutboxItem {
  readonly conversationId: ConversationId;
  readonly id: CommandId;
  readonly after: number;
  readonly command: Extract<ConversationCommand, { body: MessageBody }>;
  /** Epoch milliseconds of this device: order within the outbox, and what the bubble shows. */
  readonly mintedAt: number;
  /** Set when the server said no; then it is sent again only when its author asks for it. */
  readonly refusal: Refusal | null;
}

/** Where the items of one person are kept. Each promise resolves when it is done for good, and may reject. */
export interface OutboxStorage {
  /** @param instead one that is replaced in the same transaction: one of the two is always kept */
  put(item: OutboxItem, instead?: OutboxItem): Promise<void>;
  remove(item: OutboxItem): Promise<void>;
  /** In the order in which they were written. */
  all(): Promise<OutboxItem[]>;
}

export class Outbox {
  readonly #storage: OutboxStorage;

  constructor(storage: OutboxStorage) {
    this.#storage = storage;
  }

  async put(item: OutboxItem, instead?: OutboxItem): Promise<void> {
    await whereAllowed(() => this.#storage.put(item, instead));
  }

  async remove(item: OutboxItem): Promise<void> {
    await whereAllowed(() => this.#storage.remove(item));
  }

  /** A conversation's items in the order they were written. */
  async of(conversationId: ConversationId): Promise<OutboxItem[]> {
    const all = await whereAllowed(() => this.#storage.all());
    return all?.filter((item) => item.conversationId === conversationId) ?? [];
  }
}

/** A browser may grant a page no storage; then what is pending lives as long as the page. */
async function whereAllowed<T>(use: () => Promise<T>): Promise<T | undefined> {
  try {
    return await use();
  } catch {
    return undefined;
  }
}
