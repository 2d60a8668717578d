// The outbox of a browser: one IndexedDB database for each person, so that colleagues who share a computer
// don't send each other's messages.

import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';
import type { OutboxItem, OutboxStorage } from './outbox.ts';

export class IndexedDbOutbox implements OutboxStorage {
  readonly #store: UseStore;

  constructor(owner: string) {
    this.#store = createStore(`parley-outbox-${owner}`, 'items');
  }

  put(item: OutboxItem, instead?: OutboxItem): Promise<void> {
    return this.#change((store) => {
      if (instead) store.delete(keyOf(instead));
      store.put(item, keyOf(item));
    });
  }

  remove(item: OutboxItem): Promise<void> {
    return this.#change((store) => store.delete(keyOf(item)));
  }

  all(): Promise<OutboxItem[]> {
    // The store answers in the order of its keys.
    return this.#store('readonly', (store) => promisifyRequest<OutboxItem[]>(store.getAll()));
  }

  /** Resolves when the transaction is complete. */
  #change(change: (store: IDBObjectStore) => void): Promise<void> {
    return this.#store('readwrite', (store) => {
      change(store);
      return promisifyRequest(store.transaction);
    });
  }
}

const keyOf = ({ conversationId, mintedAt, id }: OutboxItem): string =>
  `${conversationId}/${String(mintedAt).padStart(15, '0')}/${id}`;
