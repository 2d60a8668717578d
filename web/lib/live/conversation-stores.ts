// The stores of the conversations that a page follows: one for each, made and closed as they come and go.

import { SvelteMap } from 'svelte/reactivity';
import type { ConversationSnapshot } from '#shared/conversation/snapshot.ts';
import type { ConversationId } from '#shared/ids.ts';
import type { ConversationStore } from './conversation-store.svelte.ts';

/** What a page begins to show a conversation with. Of one that it follows already it need not be told more. */
export type Opening = ConversationSnapshot | Pick<ConversationSnapshot, 'conversationId'>;

type Follows = (id: ConversationId) => boolean;
/** Of this page, in a browser: what is loaded for a page knows no context. */
let here: Follows | null = null;

/** Whether this page has the conversation, and hears what happens in it. */
export const isFollowedHere: Follows = (id) => here?.(id) ?? false;

export class ConversationStores {
  readonly #make: (id: ConversationId) => ConversationStore;
  readonly #stores = new SvelteMap<ConversationId, ConversationStore>();
  readonly #follows: Follows = (id) => this.get(id)?.isKnown ?? false;
  #isConnected = false;

  constructor(make: (id: ConversationId) => ConversationStore) {
    this.#make = make;
  }

  get(id: ConversationId): ConversationStore | null {
    return this.#stores.get(id) ?? null;
  }

  /** One that is certainly followed. */
  followed(id: ConversationId): ConversationStore {
    const store = this.#stores.get(id);
    if (!store) throw new Error(`Conversation ${id} is not followed.`);
    return store;
  }

  /** Follows exactly these. Call it where they change, not where they are shown. */
  follow(wanted: ReadonlySet<ConversationId>): void {
    for (const id of wanted) {
      if (this.#stores.has(id)) continue;
      const store = this.#make(id);
      this.#stores.set(id, store);
      if (this.#isConnected) store.connect();
    }
    for (const [id, store] of this.#stores) {
      if (wanted.has(id)) continue;
      store.close();
      this.#stores.delete(id);
    }
  }

  /** Only in a browser. Those that are followed later connect at once. */
  connect(): void {
    this.#isConnected = true;
    // A module's own state is shared where pages are rendered: only a browser comes here.
    here = this.#follows;
    for (const store of this.#stores.values()) store.connect();
  }

  close(): void {
    this.#isConnected = false;
    if (here === this.#follows) here = null;
    this.follow(new Set());
  }
}
