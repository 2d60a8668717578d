// Who writes in this browser: nobody yet, or a visitor whom the server knows, and what they have not sent yet.

import { browserEnvironment } from '#web/lib/live/environment.ts';
import { Outbox } from '#web/lib/live/outbox.ts';
import type { VisitorApi } from './visitor-api.ts';
import { keepIdentity, readIdentity, type Identity } from './identity.ts';

export class VisitorIdentity {
  readonly #api: VisitorApi;
  #identity = readIdentity();
  #outbox: Outbox | null = null;

  constructor(api: VisitorApi) {
    this.#api = api;
  }

  /** Null: the server does not know the visitor. */
  get identity() {
    return this.#identity;
  }

  outbox(visitorId: Identity['visitorId']): Outbox {
    return (this.#outbox ??= new Outbox(browserEnvironment.outboxStorage(visitorId)));
  }

  /** As the page's storage has it already. */
  become(identity: Identity | null): void {
    if (identity?.visitorId !== this.#identity?.visitorId) this.#outbox = null;
    this.#identity = identity;
  }

  keep(identity: Identity | null): void {
    this.become(identity);
    keepIdentity(identity);
  }

  /** Makes the visitor known to the server, if they are not. */
  async introduce(): Promise<Identity> {
    if (this.#identity) return this.#identity;
    const visitor = await this.#api.newVisitor();
    const identity = { ...visitor, conversationId: null, previousId: null };
    this.keep(identity);
    return identity;
  }
}
