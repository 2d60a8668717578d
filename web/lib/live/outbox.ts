// What was written and is not yet acknowledged, kept in IndexedDB so that it survives reload and offline.

import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';
import type { ConversationCommand } from '#shared/conversation/commands.ts';
import type { CommandId, ConversationId } from '#shared/ids.ts';
import type { Refusal } from '#shared/refusals.ts';

export interface OutboxItem {
  readonly conversationId: ConversationId;
  readonly id: CommandId;
  readonly after: number;
  readonly command: Extract<ConversationCommand, { text: string }>;
  /** Epoch milliseconds of this device: order within the outbox, and what the bubble shows. */
  readonly mintedAt: number;
  /** Set when the desk said no; then it is sent again only when asked to. */
  readonly refusal: Refusal | null;
}

export class Outbox {
  readonly #store: UseStore;

  /** One store per person: colleagues who share a computer don't send each other's drafts. */
  constructor(owner: string) {
    this.#store = createStore(`parley-outbox-${owner}`, 'items');
  }

  /** @param instead one that it replaces, at once: whatever happens to the page, one of the two is kept */
  async put(item: OutboxItem, instead?: OutboxItem): Promise<void> {
    await this.#change((store) => {
      if (instead) store.delete(keyOf(instead));
      store.put(item, keyOf(item));
    });
  }

  async remove(item: OutboxItem): Promise<void> {
    await this.#change((store) => store.delete(keyOf(item)));
  }

  /** A conversation's items in the order they were written. */
  async of(conversationId: ConversationId): Promise<OutboxItem[]> {
    // The store answers in the order of its keys.
    const all = await whereAllowed(() =>
      this.#store('readonly', (store) => promisifyRequest<OutboxItem[]>(store.getAll())),
    );
    return all?.filter((item) => item.conversationId === conversationId) ?? [];
  }

  async #change(change: (store: IDBObjectStore) => void): Promise<void> {
    await whereAllowed(() =>
      this.#store('readwrite', (store) => {
        change(store);
        return promisifyRequest(store.transaction);
      }),
    );
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

const keyOf = ({ conversationId, mintedAt, id }: OutboxItem): string =>
  `${conversationId}/${String(mintedAt).padStart(15, '0')}/${id}`;
