// Whoever writes in this browser: nobody yet, or a visitor whom the desk knows, and what he has not sent yet.

import { Outbox } from '#web/lib/live/outbox.ts';
import type { Desk } from './desk.ts';
import { keepIdentity, readIdentity, type Identity } from './identity.ts';

export class Somebody {
  readonly #desk: Desk;
  #identity = readIdentity();
  #outbox: Outbox | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Null: the desk does not know him. */
  get identity() {
    return this.#identity;
  }

  outbox(visitorId: Identity['visitorId']): Outbox {
    return (this.#outbox ??= new Outbox(visitorId));
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

  /** Makes him known to the desk, if he is not. */
  async introduce(): Promise<Identity> {
    if (this.#identity) return this.#identity;
    const visitor = await this.#desk.newVisitor();
    const identity = { ...visitor, conversationId: null, previousId: null };
    this.keep(identity);
    return identity;
  }
}
