// Who writes in this browser: nobody yet, or a visitor whom the server knows, and what they have not sent yet.

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
    } catch {
      // Storage may be blocked or full. Then the identity lives as long as the page.
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
    if (this.#identity) return this.#identity;
    const visitor = await this.#api.newVisitor();
    const identity = { ...visitor, conversationId: null, previousId: null };
    this.keep(identity);
    return identity;
  }

  #read(): Identity | null {
    try {
      return parseIdentity(this.#environment.textStorage().getItem(STORAGE_KEY));
    } catch {
      return null;
    }
  }
}
