// What a visitor writes while they wait, as their department hears of it: not each message by itself.

import type { Outbox } from '../parts/outbox.ts';
import type { ConversationEffect } from './effects.ts';

/** A department hears at most so often what a waiting visitor writes on. */
const EVERY_MS = 2_000;

export class Previews {
  readonly #outbox: Outbox<ConversationEffect>;
  readonly #now: () => number;
  #toldAt = -Infinity;

  constructor(outbox: Outbox<ConversationEffect>, now: () => number) {
    this.#outbox = outbox;
    this.#now = now;
  }

  /** Of what comes in between, one word is kept for later: what it says is read when it is told. */
  post(effects: readonly ConversationEffect[]): undefined {
    const dueAt = this.#toldAt + EVERY_MS;
    if (this.#now() < dueAt) {
      if (!this.#outbox.hasPostponed) this.#outbox.postpone(effects, dueAt);
      return;
    }
    this.#toldAt = this.#now();
    this.#outbox.post(effects);
  }
}
