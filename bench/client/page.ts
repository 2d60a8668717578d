// A page without a browser: what the product's stores need around them, in Node.

import { WebSocket } from 'ws';
import type { Environment, Socket } from '#web/lib/live/environment.ts';
import type { OutboxItem, OutboxStorage } from '#web/lib/live/outbox.ts';
import { OutboxInMemory, storageInMemory } from '#web/lib/live/testing/environment.ts';

/** Sees every frame of a page, as it goes over the wire. */
export interface Observer {
  sent?(frame: string): void;
  /** Called before the page hears it. */
  received?(frame: string): void;
  closed?(): void;
  /** The outbox holds it from now on. */
  kept?(item: OutboxItem): void;
}

/** What a browser keeps for a person, in all of their tabs and over every reload. */
export class BrowserStorage {
  readonly texts = storageInMemory();
  readonly outbox = new OutboxInMemory();
}

export interface PageOptions {
  /** What the browser sends along: the origin, and an agent's cookie. */
  readonly headers: Readonly<Record<string, string>>;
  readonly storage?: BrowserStorage;
  readonly observer?: Observer;
}

export class Page implements Environment {
  readonly #options: PageOptions;
  readonly #storage: BrowserStorage;
  readonly #wakes = new Set<() => void>();
  readonly #leaves = new Set<() => void>();
  readonly #sockets = new Set<PageSocket>();
  #isGone = false;

  constructor(options: PageOptions) {
    this.#options = options;
    this.#storage = options.storage ?? new BrowserStorage();
  }

  openSocket(url: string, protocols: string[]): Socket {
    const { headers, observer } = this.#options;
    const socket = new PageSocket(url, protocols, headers, observer ?? null);
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    return socket as unknown as Socket; // It has the browser's interface, by types of its own.
  }

  onWake(wake: () => void): () => void {
    return registered(this.#wakes, wake);
  }

  onLeave(leave: () => void): () => void {
    return registered(this.#leaves, leave);
  }

  fetch(url: string, init: RequestInit = {}): Promise<Response> {
    return fetch(url, { ...init, headers: { ...this.#options.headers, ...init.headers } });
  }

  readonly textStorage = () => this.#storage.texts;

  /** It is one page, which nobody leaves for another. */
  readonly onMoved = (): void => {};
  readonly referrer = () => '';
  readonly timeZone = () => 'Europe/London';

  /** Nobody edits the same draft in two tabs. */
  readonly onTextStored = (): void => {};

  readonly outboxStorage = (): OutboxStorage => {
    const { outbox } = this.#storage;
    return {
      write: (change) => {
        if (this.#isGone) return never();
        for (const item of change.put ?? []) this.#options.observer?.kept?.(item);
        return outbox.write(change);
      },
      all: () => (this.#isGone ? never() : outbox.all()),
    };
  };

  /** A visitor of the bench has one page. */
  readonly alone = <T>(work: () => Promise<T>): Promise<T> => work();

  readonly isOnline = () => true;
  readonly address = () => 'https://shop.example/ferns';
  readonly locale = () => 'en-GB';

  /** The computer wakes, or the network is back. */
  wake(): void {
    for (const wake of this.#wakes) wake();
  }

  /** The network is gone, and every socket with it. */
  cut(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  /** Closed or reloaded: what it has begun goes no further. */
  leave(): void {
    for (const leave of this.#leaves) leave();
    this.#isGone = true;
  }
}

const never = <T>(): Promise<T> => new Promise(() => {});

function registered(callbacks: Set<() => void>, callback: () => void): () => void {
  callbacks.add(callback);
  return () => callbacks.delete(callback);
}

/** As deployed: the server compresses no frame, so nothing offers it. Node's own WebSocket always does. */
class PageSocket extends WebSocket {
  readonly #observer: Observer | null;
  #isClosedByPage = false;

  constructor(
    url: string,
    protocols: string[],
    headers: PageOptions['headers'],
    observer: Observer | null,
  ) {
    super(url, protocols, { headers, perMessageDeflate: false });
    this.#observer = observer;
    this.on('error', () => {}); // A close follows, and the page hears of that.
    if (!observer) return;
    this.on('message', (data: Buffer) => {
      if (!this.#isClosedByPage) observer.received?.(data.toString());
    });
    this.on('close', () => observer.closed?.());
  }

  /** A browser gives a page nothing more of a socket that the page has closed. */
  override close(): void {
    this.#isClosedByPage = true;
    super.close();
  }

  override send(data: string): void {
    this.#observer?.sent?.(data);
    super.send(data);
  }
}
