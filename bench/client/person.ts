// Someone at a conversation, as a contender's load: the product's own store on a page without a browser. They read
// everything the moment it arrives.

import { textBody } from '#shared/conversation/body.ts';
import type { ConversationCommand } from '#shared/conversation/commands.ts';
import { PONG } from '#shared/frames.ts';
import type { ConversationId } from '#shared/ids.ts';
import { ConversationStore } from '#web/lib/live/conversation-store.svelte.ts';
import { Outbox } from '#web/lib/live/outbox.ts';
import type { Talker } from '../contender.ts';
import { eventsOf, type ServerFrame } from '../server-frame.ts';
import { Page } from './page.ts';

export interface PersonOptions {
  readonly conversationId: ConversationId;
  /** An agent's id, or `visitor`. */
  readonly own: string;
  /** Of the server. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly protocols: readonly string[];
}

export class Person implements Talker {
  onText: (text: string) => void = () => {};
  readonly #own: string;
  readonly #page: Page;
  readonly #store: ConversationStore;
  /** Of the last message that was heard. */
  #heard = 0;
  #welcomed: () => void = () => {};
  #lost: () => void = () => {};

  /** Not connected yet. */
  constructor({ conversationId, own, url, headers, protocols }: PersonOptions) {
    this.#own = own;
    const observer = {
      received: (frame: string) => this.#hear(frame),
      closed: () => this.#lost(),
    };
    this.#page = new Page({ headers, observer });
    this.#store = new ConversationStore({
      conversationId,
      own,
      url: `${url}/ws/conversations/${conversationId}`,
      protocols: () => [...protocols],
      outbox: new Outbox(this.#page.outboxStorage()),
      earlier: () => Promise.reject(new Error('Nobody reads back here.')),
      onEvents: () => this.#store.markSeen(),
      environment: this.#page,
    });
  }

  async connect(): Promise<void> {
    const welcomed = this.comeBack();
    this.#store.connect();
    await welcomed;
  }

  /** Resolves with the next welcome; the store comes back on its own. */
  comeBack(): Promise<void> {
    return new Promise((resolve) => (this.#welcomed = resolve));
  }

  /** Resolves when the connection is lost. */
  lost(): Promise<void> {
    return new Promise((resolve) => (this.#lost = resolve));
  }

  /** The page wakes, and comes back at once. */
  wake(): void {
    this.#page.wake();
  }

  say(text: string): void {
    // Who answers has read: the store hears a frame right after its observer.
    queueMicrotask(() => void this.#store.send({ type: 'message.send', body: textBody(text) }));
  }

  /** Asks for something, and waits until it is accepted. */
  async must(command: ConversationCommand): Promise<void> {
    const answer = await this.#store.ask(command);
    if (!answer?.ok) throw new Error(`${command.type}: ${answer?.refusal.code ?? 'no answer'}`);
  }

  drop(): void {
    this.#page.cut();
  }

  /** For good. */
  leave(): void {
    this.#store.close();
  }

  #hear(text: string): void {
    if (text === PONG) return;
    const frame = JSON.parse(text) as ServerFrame; // The benchmark reads only its own servers.
    for (const { type, seq, by, body } of eventsOf(frame)) {
      const isOwn = (by.kind === 'visitor') === (this.#own === 'visitor');
      if (seq <= this.#heard || isOwn || type !== 'message.sent' || !body) continue;
      this.#heard = seq;
      this.onText(body.text);
    }
    // After the store has it, which hears the frame next.
    if (frame.type === 'welcome') queueMicrotask(this.#welcomed);
  }
}
