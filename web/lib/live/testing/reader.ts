// One reader of one conversation, for tests: their browser, and pages of it that show the conversation.

import * as v from 'valibot';
import {
  conversationClientFrame,
  SUBPROTOCOL,
  TOKEN_SUBPROTOCOL_PREFIX,
  type ConversationClientFrame,
} from '#shared/frames.ts';
import { newConversationId } from '#shared/ids.ts';
import { ConversationStore, type ConversationStoreOptions } from '../conversation-store.svelte.ts';
import { Outbox } from '../outbox.ts';
import { FakeBrowser, type FakePage } from './environment.ts';
import { FakeServer, type FakeConversation } from './server.ts';
import type { FakeSocket } from './socket.ts';
import { settled } from './time.ts';

export class FakeReader {
  readonly server = new FakeServer();
  readonly browser = new FakeBrowser(this.server.accept);
  readonly id = newConversationId();
  readonly #own: string;

  /** @param own an agent's id, or `visitor` */
  constructor(own = 'visitor') {
    this.#own = own;
  }

  get conversation(): FakeConversation {
    return this.server.conversation(this.id);
  }

  /** A page is loaded. */
  load(options: Partial<ConversationStoreOptions> = {}): LoadedPage {
    const page = this.browser.page();
    const token = this.#own === 'visitor' ? [`${TOKEN_SUBPROTOCOL_PREFIX}token`] : [];
    const store = new ConversationStore({
      conversationId: this.id,
      own: this.#own,
      url: `https://chat.example/ws/conversations/${this.id}`,
      protocols: () => [SUBPROTOCOL, ...token],
      outbox: new Outbox(page.outboxStorage(this.#own)),
      earlier: () => Promise.reject(new Error('Nothing was to be fetched.')),
      environment: page,
      ...options,
    });
    store.connect();
    return { page, store, socket: () => lastOf(page) };
  }

  /** A page of a conversation that waits in the queue. All of it has arrived. */
  async opened(options: Partial<ConversationStoreOptions> = {}) {
    this.conversation.open('Do you sell olive trees?');
    const loaded = this.load(options);
    await settled();
    return { reader: this, ...loaded };
  }

  /** Nobody gets through, and who is connected loses the connection. */
  goDown(): void {
    this.server.isDown = true;
    for (const { sockets } of this.browser.pages) for (const socket of sockets) socket.lose();
  }

  /** The server answers again, and every page tries at once. */
  comeBack(): void {
    this.server.isDown = false;
    for (const page of this.browser.pages) page.wake();
  }

  /** What waits to be sent, as the device has kept it. */
  get kept() {
    return [...this.browser.outbox(this.#own).items.values()];
  }
}

interface LoadedPage {
  readonly page: FakePage;
  readonly store: ConversationStore;
  /** The one that the page uses now. */
  readonly socket: () => FakeSocket;
}

function lastOf({ sockets }: FakePage): FakeSocket {
  const socket = sockets.at(-1);
  if (!socket) throw new Error('The page has opened no socket.');
  return socket;
}

/** What a page has said over a connection, except for pings. */
export const saidOver = ({ sent }: FakeSocket): ConversationClientFrame[] =>
  sent.filter((frame) => frame !== 'ping').map((frame) => v.parse(conversationClientFrame, frame));
