// One tab at a conversation: the product's own store, on a page without a browser.

import * as v from 'valibot';
import type { ConversationCommand } from '#shared/conversation/commands.ts';
import { eventsBody, type EventsPage } from '#shared/conversation/events-page.ts';
import type { ConversationSnapshot } from '#shared/conversation/snapshot.ts';
import type { ConversationId } from '#shared/ids.ts';
import { ConversationStore } from '#web/lib/live/conversation-store.svelte.ts';
import { Outbox, type OutboxItem } from '#web/lib/live/outbox.ts';
import type { Clock } from '../../client/clock.ts';
import { Page, type BrowserStorage } from '../../client/page.ts';
import {
  isAnswered,
  newTab,
  type CommandRecord,
  type ConversationHistory,
  type Person,
  type TabRecord,
} from '../history.ts';
import { Recorder } from '../recorder.ts';

/** A person at a computer: who they are to the server, their clock, and what their browser keeps. */
export interface Computer {
  readonly person: Person;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly protocols: readonly string[];
  readonly storage: BrowserStorage;
  readonly clock: Clock;
}

let lastTab = 0;

type Waiter = { readonly met: () => boolean; readonly done: (met: boolean) => void };

export class Tab {
  readonly history: ConversationHistory;
  readonly record: TabRecord;
  readonly #computer: Computer;
  readonly #recorder: Recorder;
  #page: Page;
  #store: ConversationStore;
  /** What was begun on the present page and is awaited. */
  #awaited = 0;
  readonly #tidied = new WeakSet<OutboxItem>();
  #waiters = new Set<Waiter>();

  /** @param initial what the server has rendered; null where the page begins with nothing */
  constructor(
    computer: Computer,
    history: ConversationHistory,
    initial: ConversationSnapshot | null = null,
  ) {
    const { person } = computer;
    this.#computer = computer;
    this.history = history;
    this.record = newTab(`${person.slice(0, 8)}#${++lastTab}`, person);
    history.tabs.push(this.record);
    this.#recorder = new Recorder(history, this.record, () => this.poke());
    this.#page = this.#newPage();
    this.#store = this.#open(initial);
  }

  get store(): ConversationStore {
    return this.#store;
  }

  get reconnects(): number {
    return Math.max(0, this.#recorder.welcomes - 1);
  }

  get isTurnedAway(): boolean {
    return this.#store.status === 'ended';
  }

  get isClosed(): boolean {
    return this.isTurnedAway || this.#store.state.status === 'closed';
  }

  /** Everything that was written here has its answer. */
  get isAnswered(): boolean {
    const { name } = this.record;
    const isOpen = (record: CommandRecord) =>
      record.tab === name && !record.abandoned && !isAnswered(record);
    return this.#awaited === 0 && !this.history.commands.some(isOpen);
  }

  /** It has ended with every answer; or nothing of it is this person's to read any more. */
  get isDone(): boolean {
    return this.isTurnedAway || (this.isClosed && this.isAnswered);
  }

  /** Connected, with every answer, and with all that any tab knows. */
  isSettled(head: number): boolean {
    const { status, seq } = this.#store;
    return this.isTurnedAway || (status === 'open' && seq === head && this.isAnswered);
  }

  write(command: OutboxItem['command']): void {
    void this.#awaiting(() => this.#store.send(command));
  }

  /** Whether it was accepted; false, too, when the page is gone before the answer comes. */
  async ask(command: ConversationCommand, withinMs: number): Promise<boolean> {
    const store = this.#store;
    let isAccepted: boolean | null = null;
    void this.#awaiting(() => store.ask(command)).then((answer) => {
      isAccepted = answer?.ok ?? false;
      this.poke();
    });
    const isOver = () => isAccepted !== null || store !== this.#store || this.isTurnedAway;
    await this.until(isOver, withinMs);
    return isAccepted ?? false;
  }

  /** What was refused is written once more where that can help; else it is given up. */
  tidy(): void {
    for (const item of this.#store.pending) {
      if (item.refusal === null || this.#tidied.has(item)) continue;
      this.#tidied.add(item);
      const isStale = item.refusal.code === 'message.stale';
      void this.#awaiting(() => (isStale ? this.#store.retry(item) : this.#store.discard(item)));
    }
  }

  /** Resolves with true once `met` holds, with false when `ms` have passed before. */
  until(met: () => boolean, ms: number): Promise<boolean> {
    if (met()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => waiter.done(false), ms);
      const waiter: Waiter = {
        met,
        done: (is) => {
          clearTimeout(timer);
          this.#waiters.delete(waiter);
          resolve(is);
        },
      };
      this.#waiters.add(waiter);
    });
  }

  /** Forgets all but what the browser keeps, and begins with what the server renders. */
  reload(initial: ConversationSnapshot | null = null): void {
    this.#page.leave();
    this.#store.close();
    this.#page = this.#newPage();
    this.#awaited = 0;
    this.#store = this.#open(initial);
    this.poke();
  }

  /** The computer wakes, or the network is back. */
  wake(): void {
    this.#computer.clock.run(() => this.#page.wake());
  }

  leave({ early = false } = {}): void {
    const { record } = this;
    const { events, state, seq, status, closeCode } = this.#store;
    record.leftAt = Date.now();
    record.leftEarly ||= early;
    record.thread = events;
    record.status = state.status;
    record.seq = seq;
    record.turnedAway = status === 'ended' ? closeCode : null;
    this.#store.close();
    for (const waiter of [...this.#waiters]) waiter.done(waiter.met());
  }

  /** Looks again whether what someone waits for is there. */
  poke(): void {
    this.tidy();
    for (const waiter of [...this.#waiters]) if (waiter.met()) waiter.done(true);
  }

  #newPage(): Page {
    const { headers, storage } = this.#computer;
    return new Page({ headers, storage, observer: this.#recorder });
  }

  async #awaiting<T>(work: () => Promise<T>): Promise<T> {
    const store = this.#store;
    this.#awaited++;
    const result = await this.#computer.clock.run(work);
    if (store === this.#store) this.#awaited--;
    return result;
  }

  /** Everything that stands before what is shown, as far as the network lets it through. */
  async readBack(): Promise<void> {
    const store = this.#store;
    try {
      while (store === this.#store && store.hasEarlier) await store.loadEarlier();
    } catch {
      // The connection was cut; the page shows what it has.
    }
  }

  async #earlier(before: number): Promise<EventsPage> {
    const { url } = this.#computer;
    const path = `/api/conversations/${this.history.id}/events?before=${before}`;
    const response = await this.#page.fetch(url + path);
    if (!response.ok) throw new Error(await response.text());
    return v.parse(eventsBody, await response.json());
  }

  #open(initial: ConversationSnapshot | null): ConversationStore {
    this.#recorder.begun(initial);
    const { url, person, protocols, clock } = this.#computer;
    const conversationId = this.history.id as ConversationId; // The harness has minted it.
    const environment = this.#page;
    return clock.run(() => {
      const store = new ConversationStore({
        conversationId,
        own: person,
        url: `${url}/ws/conversations/${conversationId}`,
        protocols: () => [...protocols],
        outbox: new Outbox(environment.outboxStorage()),
        initial: initial ?? undefined,
        earlier: (before) => this.#earlier(before),
        environment,
      });
      store.connect();
      return store;
    });
  }
}
