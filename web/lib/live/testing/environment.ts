// Stands in for the browser in tests of the stores: one browser with what it keeps, and pages in it that can
// be killed at any step.

import type { Environment, TextStorage } from '../environment.ts';
import { OneAtATime } from '../one-at-a-time.ts';
import type { OutboxChange, OutboxItem, OutboxStorage } from '../outbox.ts';
import { FakeSocket } from './socket.ts';

export function storageInMemory(): TextStorage {
  const stored = new Map<string, string>();
  return {
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => void stored.set(key, value),
    removeItem: (key) => void stored.delete(key),
  };
}

export class OutboxInMemory implements OutboxStorage {
  readonly items = new Map<string, OutboxItem>();

  async write({ put = [], remove = [] }: OutboxChange): Promise<void> {
    for (const { id } of remove) this.items.delete(id);
    for (const item of put) this.items.set(item.id, item);
  }

  async all(): Promise<OutboxItem[]> {
    return [...this.items.values()].sort((a, b) => a.mintedAt - b.mintedAt);
  }
}

type Answer = (url: string, init?: RequestInit) => Promise<Response>;
type HearText = (key: string, text: string | null) => void;

/** What all pages of a site share. */
export class FakeBrowser {
  readonly texts = new Map<string, string>();
  readonly outboxes = new Map<string, OutboxInMemory>();
  readonly pages: FakePage[] = [];
  /** False while pages have not heard yet what others have stored. */
  isTellingTexts = true;
  /** Whether pages can see to it that one works alone. */
  hasLocks = true;
  readonly lock = new OneAtATime();
  readonly onSocket: (socket: FakeSocket) => void;
  readonly answer: Answer;

  /** @param onSocket told of each socket that a page opens */
  constructor(onSocket: (socket: FakeSocket) => void = () => {}, answer: Answer = notFound) {
    this.onSocket = onSocket;
    this.answer = answer;
  }

  page(): FakePage {
    const page = new FakePage(this);
    this.pages.push(page);
    return page;
  }

  outbox(owner: string): OutboxInMemory {
    const outbox = this.outboxes.get(owner) ?? new OutboxInMemory();
    this.outboxes.set(owner, outbox);
    return outbox;
  }
}

/** A page, which does nothing any more once it is killed: what it has awaited never comes. */
export class FakePage implements Environment {
  readonly sockets: FakeSocket[] = [];
  isOnlineNow = true;
  readonly #browser: FakeBrowser;
  readonly #hearTexts: HearText[] = [];
  readonly #wake = new Set<() => void>();
  readonly #moved = new Set<() => void>();
  #address = 'https://shop.example/trees';
  #stepsLeft = Infinity;
  readonly #death = Promise.withResolvers<void>();

  constructor(browser: FakeBrowser) {
    this.#browser = browser;
  }

  get isDead() {
    return this.#stepsLeft <= 0;
  }

  /** Kills the page. @param steps that it still gets done */
  kill(steps = 0): void {
    this.#stepsLeft = steps;
    if (!this.isDead) return;
    this.#death.resolve();
    for (const socket of this.sockets) socket.drop();
  }

  readonly openSocket = (url: string, protocols: string[]): FakeSocket => {
    const socket = new FakeSocket(url, protocols, () => this.#step());
    this.sockets.push(socket);
    if (this.#step() && !this.isDead) this.#browser.onSocket(socket);
    return socket;
  };

  readonly onWake = (wake: () => void): (() => void) => {
    this.#wake.add(wake);
    return () => void this.#wake.delete(wake);
  };

  readonly onLeave = () => () => {};

  readonly fetch = (url: string, init?: RequestInit) =>
    this.#lastingly(() => this.#browser.answer(url, init));

  readonly textStorage = (): TextStorage => ({
    getItem: (key) => this.#browser.texts.get(key) ?? null,
    setItem: (key, text) => this.#store(key, text),
    removeItem: (key) => this.#store(key, null),
  });

  readonly onTextStored = (hear: HearText): void => void this.#hearTexts.push(hear);

  readonly outboxStorage = (owner: string): OutboxStorage => {
    const outbox = this.#browser.outbox(owner);
    return {
      write: (change) => this.#lastingly(() => outbox.write(change)),
      all: () => this.#lastingly(() => outbox.all()),
    };
  };

  readonly alone = <T>(work: () => Promise<T>): Promise<T> => {
    if (!this.#browser.hasLocks) return work();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    // A page that is killed lets the next one begin.
    void this.#browser.lock.run(() =>
      Promise.race([work().then(resolve, reject), this.#death.promise]),
    );
    return promise;
  };

  readonly isOnline = () => this.isOnlineNow;
  readonly onMoved = (moved: () => void): void => void this.#moved.add(moved);
  readonly address = () => this.#address;
  readonly referrer = () => 'https://search.example/?q=trees';
  readonly timeZone = () => 'Europe/London';
  readonly locale = () => 'en-GB';

  /** The site shows another page, without a load. */
  move(address: string): void {
    this.#address = address;
    for (const moved of this.#moved) moved();
  }

  /** The network is back, or the page is in sight again. */
  wake(): void {
    for (const wake of this.#wake) wake();
  }

  #store(key: string, text: string | null): void {
    if (!this.#step()) return;
    if (text === null) this.#browser.texts.delete(key);
    else this.#browser.texts.set(key, text);
    if (!this.#browser.isTellingTexts) return;
    for (const page of this.#browser.pages) {
      if (page !== this && !page.isDead) for (const hear of page.#hearTexts) hear(key, text);
    }
  }

  /** A page may be killed before the work is done, or before it learns that it is. */
  async #lastingly<T>(work: () => Promise<T>): Promise<T> {
    if (!this.#step()) return never();
    const result = await work();
    return this.isDead ? never() : result;
  }

  /** False once the page is dead. */
  #step(): boolean {
    if (this.isDead) return false;
    this.kill(this.#stepsLeft - 1);
    return true;
  }
}

const never = <T>(): Promise<T> => new Promise(() => {});

const notFound: Answer = async () => new Response(null, { status: 404 });
