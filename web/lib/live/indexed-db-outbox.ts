// The outbox of a browser: one IndexedDB database for each person, so that colleagues who share a computer
// don't send each other's messages.

import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';
import type { OutboxChange, OutboxItem, OutboxStorage, StoredItem } from './outbox.ts';

export class IndexedDbOutbox implements OutboxStorage {
  readonly #store: UseStore;

  constructor(owner: string) {
    this.#store = createStore(`parley-outbox-${owner}`, 'items');
  }

  /** Resolves when the transaction is complete. */
  write({ put = [], remove = [] }: OutboxChange): Promise<void> {
    return this.#store('readwrite', (store) => {
      for (const item of remove) store.delete(keyOf(item));
      for (const item of put) store.put(item, keyOf(item));
      return promisifyRequest(store.transaction);
    });
  }

  all(): Promise<StoredItem[]> {
    // The store answers in the order of its keys.
    return this.#store('readonly', (store) => promisifyRequest<StoredItem[]>(store.getAll()));
  }
}

const keyOf = ({ conversationId, mintedAt, id }: OutboxItem): string =>
  `${conversationId}/${String(mintedAt).padStart(15, '0')}/${id}`;
