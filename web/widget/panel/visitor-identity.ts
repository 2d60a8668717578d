// Who writes in this browser: nobody yet, or a visitor whom the server knows, and what they have not sent yet.

import type { ConversationId } from '#shared/ids.ts';
import type { Environment } from '#web/lib/live/environment.ts';
import { Outbox } from '#web/lib/live/outbox.ts';
import { STORAGE_KEY } from '../active-conversation.ts';
import { parseIdentity, type Identity } from './identity.ts';
import type { VisitorApi } from './visitor-api.ts';

export class VisitorIdentity {
  readonly #api: VisitorApi;
  readonly #environment: Environment;
  readonly #onUnkept: () => void;
  #identity: Identity | null;
  #outbox: Outbox | null = null;
  /** False once the storage has refused the identity, which then lives as long as the page. */
  #isStored = true;

  /** @param onUnkept called once, when the browser keeps nothing of what is sent */
  constructor(api: VisitorApi, environment: Environment, onUnkept: () => void) {
    this.#api = api;
    this.#environment = environment;
    this.#onUnkept = onUnkept;
    this.#identity = this.#read();
  }

  /** Null: the server does not know the visitor. */
  get identity() {
    return this.#identity;
  }

  /** What the page's storage has by now, which another tab may have written. */
  get stored(): Identity | null {
    return (this.#isStored ? this.#read() : null) ?? this.#identity;
  }

  outbox({ visitorId }: Identity): Outbox {
    const { outboxStorage } = this.#environment;
    return (this.#outbox ??= new Outbox(outboxStorage(visitorId), this.#onUnkept));
  }

  /** As the page's storage has it already. */
  become(identity: Identity | null): void {
    if (identity?.visitorId !== this.#identity?.visitorId) this.#outbox = null;
    this.#identity = identity;
  }

  keep(identity: Identity | null): void {
    this.become(identity);
    try {
      const storage = this.#environment.textStorage();
      if (identity) storage.setItem(STORAGE_KEY, JSON.stringify(identity));
      else storage.removeItem(STORAGE_KEY);
      this.#isStored = true;
    } catch {
      this.#isStored = false;
    }
  }

  /** Hears what the visitor's other tabs keep. */
  onKept(hear: (identity: Identity | null) => void): void {
    this.#environment.onTextStored((key, text) => {
      if (key === STORAGE_KEY) hear(parseIdentity(text));
    });
  }

  /** Makes the visitor known to the server, if they are not. */
  async introduce(): Promise<Identity> {
    return this.#identity ?? this.alone(() => this.#introduce());
  }

  async #introduce(): Promise<Identity> {
    if (this.stored) return this.#take(this.stored);
    const visitor = await this.#api.newVisitor();
    // Another tab may have been faster.
    if (this.stored) return this.#take(this.stored);
    const identity = { ...visitor, conversationId: null, previousId: null };
    this.keep(identity);
    return identity;
  }

  #take(identity: Identity): Identity {
    this.become(identity);
    return identity;
  }

  /** Out of a conversation, unless another tab has gone on to the next. */
  leave(id: ConversationId, previousId: ConversationId | null): void {
    const identity = this.stored;
    if (!identity) return;
    const hasGoneOn = identity.conversationId !== null && identity.conversationId !== id;
    if (!hasGoneOn) this.keep({ ...identity, conversationId: null, previousId });
  }

  /** What reads the storage, waits, and writes: in no two tabs at once. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#environment.alone(work);
  }

  #read(): Identity | null {
    try {
      return parseIdentity(this.#environment.textStorage().getItem(STORAGE_KEY));
    } catch {
      return null;
    }
  }
}
