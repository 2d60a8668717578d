// The conversation that the panel shows, and the one place that decides which one that is: begun, resumed,
// taken over from another tab, left for the next one.

import { CLOSE_CODES, SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX } from '#shared/frames.ts';
import {
  newCommandId,
  newConversationId,
  type ConversationId,
  type DepartmentId,
} from '#shared/ids.ts';
import type { Refusal } from '#shared/refusals.ts';
import { ConversationStore } from '#web/lib/live/conversation-store.svelte.ts';
import type { OutboxItem } from '#web/lib/live/outbox.ts';
import type { Parts } from './conversation-parts.ts';
import { MOVES_ON, TURNS_AWAY } from './moves-on.ts';
import { END, isBegun, isOpening, onward, openingWith, type Message } from './onward.ts';
import { EarlierMessages } from './earlier-messages.svelte.ts';
import { continued, type Identity } from './identity.ts';

export class CurrentConversation {
  readonly earlier: EarlierMessages;
  readonly #parts: Parts;
  #store = $state.raw<ConversationStore | null>(null);
  /** The thread was cleared on purpose: what has ended is not shown again. */
  #isCleared = false;
  /** Resolved once it is known whether an earlier page has left something to go on with. */
  readonly #adopted: Promise<void>;
  /** Messages that are on their way from a conversation that has ended into the next one. */
  #moving: Promise<unknown> | null = null;
  /** The server wants to know that the visitor is human, before it opens the conversation. */
  #isUnchecked = false;

  constructor(parts: Parts) {
    const { api, visitor, environment } = parts;
    this.#parts = parts;
    this.earlier = new EarlierMessages(api, visitor, environment);
    this.#resume();
    environment.onMoved(() => this.#store?.sayPresence());
    visitor.onKept((identity) => this.#follow(identity));
    visitor.onForgotten(() => this.#clear());
    this.#adopted = this.#adopt();
  }

  get store() {
    return this.#store;
  }

  /** Why it can't go on; null when it can. */
  get problem() {
    if (this.#store?.status !== 'ended') return null;
    const { closeCode } = this.#store;
    if (closeCode === CLOSE_CODES.outdated) return 'outdated';
    return closeCode === CLOSE_CODES.origin ? 'unavailable' : 'expired';
  }

  get canLoadEarlier(): boolean {
    return this.#store !== null && this.earlier.canLoadBefore(this.#store);
  }
  async loadEarlier(): Promise<void> {
    if (this.#store) await this.earlier.loadBefore(this.#store);
  }

  /** Where a conversation is begun; null while that is not known. */
  get departmentId(): DepartmentId | null {
    const state = this.#store?.state;
    const own = state && state.status !== 'new' ? state.departmentId : null;
    return this.#parts.config.value?.department.id ?? own;
  }

  /** The last conversation to read again, if there is no other. */
  showLast(): void {
    const { identity } = this.#parts.visitor;
    if (this.#store || this.#isCleared || !identity?.previousId) return;
    this.#store = this.#make(identity, identity.previousId);
    this.#store.connect();
  }

  /** Ended, and read to the end: the site's next pages need not listen any more. */
  retire(): void {
    const { visitor } = this.#parts;
    const id = this.#store?.id;
    if (id && visitor.identity?.conversationId === id) visitor.leave(id, id);
  }

  /**
   * Into the active conversation, else into one that begins with it. True when the outbox has it; false
   * while it is not known where to begin.
   */
  async send(message: Message): Promise<boolean> {
    await this.#adopted;
    await this.#moving;
    return (await this.#sendOn([message])) || this.#goOn([message]);
  }

  /**
   * Into the conversation that another tab has begun, else into one that begins with it. Tabs do this one
   * after the other. @param left that takes no more messages
   */
  #goOn(
    messages: readonly Message[],
    instead: readonly OutboxItem[] = [],
    left: ConversationStore | null = null,
  ): Promise<boolean> {
    return this.#parts.visitor.alone(async () => {
      this.#joinOther();
      const isElsewhere = this.#store !== left;
      if (isElsewhere && (await this.#sendOn(messages, instead))) return true;
      return this.#begin(messages, instead);
    });
  }

  /** Into the active conversation; false when there is none. */
  async #sendOn(
    messages: readonly Message[],
    instead: readonly OutboxItem[] = [],
  ): Promise<boolean> {
    const store = this.#store;
    if (!store || !isBegun(store) || store.state.status === 'closed') return false;
    await store.sendAll(messages.map(onward), instead);
    return true;
  }

  /** True when another tab has begun one, which is then this tab's, too. */
  #joinOther(): boolean {
    const { stored } = this.#parts.visitor;
    if (!stored?.conversationId || stored.conversationId === this.#store?.id) return false;
    this.#follow(stored);
    return this.#store?.id === stored.conversationId;
  }

  /** Clears the thread. What was not delivered goes back into the composer. */
  startNew(): void {
    const { visitor } = this.#parts;
    const store = this.#store;
    if (!store) return;
    if (store.closeCode === CLOSE_CODES.unauthenticated) return visitor.forget();
    const last = store.state.status === 'new' ? (visitor.identity?.previousId ?? null) : store.id;
    visitor.leave(store.id, store.status === 'ended' ? null : last);
    this.#clear();
  }

  #clear(): void {
    const store = this.#store;
    if (!store) return;
    this.#parts.draft.putBack(store.pending.map(({ command }) => command.body.text));
    for (const item of store.pending) void store.discard(item);
    store.close();
    this.#isCleared = true;
    this.#store = null;
    this.earlier.clear();
  }

  /** In the outbox first, then current: {@link #adopt} finds what a page has left between the two. */
  async #begin(
    messages: readonly Message[],
    instead: readonly OutboxItem[] = [],
  ): Promise<boolean> {
    const { visitor, agentId, environment } = this.#parts;
    const { identity } = visitor;
    const { departmentId } = this;
    const [first, ...later] = messages;
    if (!departmentId || !identity || !first) return false;
    const before = this.#store;
    const isFirst = before === null || before.state.status === 'new';
    const previousId = isFirst ? identity.previousId : before.id;
    const store = before && isFirst ? before : this.#make(identity, newConversationId());
    const opening = openingWith(first, { departmentId, previousId, agentId }, environment);
    await store.sendAll([{ id: first.id, command: opening }, ...later.map(onward)], instead);
    // Without locks another tab may have been faster.
    if (this.#joinOther()) return this.#sendOn(messages, store.pending);
    visitor.keep({ ...identity, conversationId: store.id, previousId });
    if (store !== before) this.#moveTo(store);
    return true;
  }

  #moveTo(store: ConversationStore): void {
    if (this.#store) this.earlier.add(this.#store);
    this.#store?.close();
    this.#store = store;
    store.connect();
  }

  #make(identity: Identity, conversationId: ConversationId): ConversationStore {
    const { api, visitor, environment } = this.#parts;
    return new ConversationStore({
      conversationId,
      own: 'visitor',
      url: `${api.origin}/ws/conversations/${conversationId}`,
      protocols: () => [SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX + visitor.useToken()],
      outbox: visitor.outbox(identity),
      environment,
      earlier: (before) => this.earlier.page(conversationId, before),
      presence: () => ({ type: 'page', page: environment.address() }),
      onKnown: () => this.#continue(),
      onEvents: () => this.#continue(),
      onEnded: (code) => {
        // It was only there to be read again: one who comes back too late for that need not be told.
        const isLast = visitor.identity?.previousId === conversationId;
        if (isLast && code === CLOSE_CODES.unauthenticated) visitor.forget();
      },
      onRefused: (item, { code }) => {
        if (code === 'visitor.unchecked' && !this.#isUnchecked) void this.#openAgain();
        // Until then all waits that was written here.
        if (this.#isUnchecked) return true;
        if (MOVES_ON.includes(code)) return this.#moveOn(item, code);
        if (!TURNS_AWAY.includes(code)) return false;
        this.#turnAway();
        return true;
      },
    });
  }

  /** After the end an agent has written again: the thread goes on where they have. */
  #continue(): void {
    const { visitor } = this.#parts;
    const { identity } = visitor;
    const next = identity && this.#store && continued(identity, this.#store);
    if (!next) return;
    visitor.keep(next);
    this.#moveTo(this.#make(identity, next.conversationId));
  }

  /** The conversation takes this message no more: another one begins with it. */
  #moveOn(item: OutboxItem, because: Refusal['code']): boolean {
    const store = this.#store;
    if (item.conversationId !== store?.id || item.command.type !== 'message.send') return false;
    // Those that were written after it go with it, so they are not refused one by one.
    if (this.#moving) return true;
    if (!this.departmentId) return false;
    // One that is full has not ended, and its agent is not to wait for more.
    if (because === 'conversation.full') void store.ask(END);
    const items = store.pending.slice(store.pending.indexOf(item));
    const messages = items.map(({ command }) => ({ id: newCommandId(), text: command.body.text }));
    this.#moving = this.#adopted
      .then(() => this.#goOn(messages, items, store))
      .finally(() => (this.#moving = null));
    return true;
  }

  /** An agent was there when the panel was opened, and no longer is. The form takes the text over. */
  #turnAway(): void {
    this.startNew();
    this.#parts.config.turnAway();
  }

  /** What waits goes out again, under the token of a visitor who has shown that they are human. */
  async #openAgain(): Promise<void> {
    this.#isUnchecked = true;
    const isPassed = await this.#parts.check();
    this.#isUnchecked = false;
    if (!isPassed) return this.startNew();
    this.#store?.close();
    this.#resume();
  }

  /** The active conversation goes on. */
  #resume(): void {
    const { identity } = this.#parts.visitor;
    if (!identity?.conversationId) return;
    this.#store = this.#make(identity, identity.conversationId);
    this.#store.connect();
  }

  /** A page was gone before the conversation that it began became the current one. */
  async #adopt(): Promise<void> {
    const { visitor } = this.#parts;
    if (!visitor.identity) return;
    const kept = await visitor.outbox(visitor.identity).all();
    const opening = kept.findLast(isOpening);
    const { identity } = visitor;
    if (!opening || !identity) return;
    const { conversationId, command } = opening;
    const isNext = [null, command.previousId].includes(identity.conversationId);
    if (!isNext || conversationId === this.#store?.id) return;
    visitor.keep({ ...identity, conversationId, previousId: command.previousId });
    this.#moveTo(this.#make(identity, conversationId));
  }

  /** Another tab has begun a conversation, or is another visitor. One's own is not torn away. */
  #follow(identity: Identity | null): void {
    const { earlier } = this;
    const { visitor } = this.#parts;
    const store = this.#store;
    if (!identity || (store && store.state.status !== 'closed' && store.status !== 'ended')) return;
    const isSame = identity.visitorId === visitor.identity?.visitorId;
    if (isSame && (!identity.conversationId || identity.conversationId === store?.id)) {
      visitor.become(identity);
      return;
    }
    if (store && isSame) earlier.add(store);
    else earlier.clear();
    store?.close();
    this.#store = null;
    visitor.become(identity);
    this.#resume();
  }
}
