// The agent's direct chats: the list, as their own stream tells it, and the stores of those that are open or still
// have something to send.

import { SvelteMap } from 'svelte/reactivity';
import type { DirectChatPage } from '#shared/direct-chat/api.ts';
import { isPairId, type PairId } from '#shared/direct-chat/pair.ts';
import { MOST_UNREAD, type DirectChatSummary } from '#shared/direct-chat/summary.ts';
import { SUBPROTOCOL } from '#shared/frames.ts';
import type { AgentId } from '#shared/ids.ts';
import type { AgentStore } from './agent-store.svelte.ts';
import { newDirectChatStore, type DirectChatStore } from './direct-chat-store.svelte.ts';
import type { Environment } from './environment.ts';
import type { Outbox } from './outbox.ts';
import type { WorkspaceRequests } from './workspace-requests.ts';

interface Parts {
  readonly me: AgentId;
  readonly agent: Pick<AgentStore, 'directChats'>;
  /** Of the server, absolute. */
  readonly origin: string;
  readonly outbox: Outbox;
  readonly requests: Pick<WorkspaceRequests, 'earlierDirect'>;
  readonly environment: Environment;
}

export class DirectChats {
  readonly #parts: Parts;
  readonly #stores = new SvelteMap<PairId, DirectChatStore>();
  #openedPage = $state.raw<DirectChatPage | null>(null);
  #search = $state.raw<'closed' | 'open' | 'called'>('closed');
  #isConnected = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The latest first. What is unread in the one that is open, the page knows best. */
  get list(): readonly DirectChatSummary[] {
    return this.#parts.agent.directChats.map((chat) => {
      const unread = chat.pairId === this.#openedPage?.pairId ? this.opened?.unread : undefined;
      return unread === undefined ? chat : { ...chat, unread: Math.min(unread, MOST_UNREAD) };
    });
  }

  get unread(): number {
    return this.list.reduce((sum, { unread }) => sum + unread, 0);
  }

  /** The one that the page shows. */
  get opened(): DirectChatStore | null {
    return this.#openedPage && (this.#stores.get(this.#openedPage.pairId) ?? null);
  }
  /** With whom. */
  get colleague(): DirectChatPage['colleague'] | null {
    return this.#openedPage?.colleague ?? null;
  }

  /** Of the search in the chat that is open. `called`: it is to get the focus. */
  get search() {
    return this.#search;
  }
  callSearch(): void {
    this.#search = 'called';
  }
  hearSearch(): void {
    this.#search = 'open';
  }
  closeSearch(): void {
    this.#search = 'closed';
  }

  /** The page goes to a chat. @param page as the server rendered it */
  open(page: DirectChatPage): DirectChatStore {
    if (page.pairId !== this.#openedPage?.pairId) this.#search = 'closed';
    this.#openedPage = page;
    const store = this.#stores.get(page.pairId) ?? this.#make(page.pairId, page);
    this.#tidy();
    return store;
  }

  /** The page shows no direct chat any more. */
  leave(): void {
    this.#openedPage = null;
    this.#tidy();
  }

  /** Only in a browser. What an earlier page could not send goes out now. */
  async connect(): Promise<void> {
    this.#isConnected = true;
    for (const store of this.#stores.values()) store.connect();
    const waiting = (await this.#parts.outbox.all()).map(({ conversationId }) => conversationId);
    for (const id of waiting.filter(isPairId)) {
      if (this.#isConnected && !this.#stores.has(id)) this.#make(id, undefined);
    }
  }

  close(): void {
    this.#isConnected = false;
    for (const store of this.#stores.values()) store.close();
    this.#stores.clear();
  }

  #make(id: PairId, page: DirectChatPage | undefined): DirectChatStore {
    const { me, origin, outbox, requests, environment } = this.#parts;
    const store = newDirectChatStore(
      {
        ...{ id, own: me, outbox, environment },
        url: `${origin}/ws/direct-chats/${id}`,
        protocols: () => [SUBPROTOCOL],
        earlier: (before) => requests.earlierDirect(id, me, before),
        onEvents: () => this.#tidy(),
      },
      page,
    );
    this.#stores.set(id, store);
    if (this.#isConnected) store.connect();
    return store;
  }

  /** A store that nobody looks at stays until all that was written there is sent. */
  #tidy(): void {
    for (const [id, store] of this.#stores) {
      if (id === this.#openedPage?.pairId || store.pending.length > 0) continue;
      store.close();
      this.#stores.delete(id);
    }
  }
}
