// What the stores need of the page around them. A browser's is the default. Tests and the fault harness run
// the same stores in Node and give another.

import { IndexedDbOutbox } from './indexed-db-outbox.ts';
import type { OutboxStorage } from './outbox.ts';

/** Where short texts are kept. Like `localStorage` it may throw: blocked, or full. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What is used of a `WebSocket`. */
export interface Socket {
  readonly readyState: number;
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(text: string): void;
  close(): void;
}

export interface Environment {
  openSocket(url: string, protocols: string[]): Socket;
  /** Calls back when a connection is worth another try at once. Answers with a function that stops it. */
  onWake(wake: () => void): () => void;
  /** Calls back when the page is about to go. Answers with a function that stops it. */
  onLeave(leave: () => void): () => void;
  fetch(url: string, init?: RequestInit): Promise<Response>;
  /** A function, since a browser may refuse even to name the storage. */
  textStorage: () => TextStorage;
  /** Calls back when another tab has stored a text, or removed it (null). */
  onTextStored: (hear: (key: string, text: string | null) => void) => void;
  outboxStorage: (owner: string) => OutboxStorage;
  isOnline(): boolean;
  /** Of the page that is shown. */
  address(): string;
  /** The language that the person prefers. */
  locale(): string;
}

export const browserEnvironment: Environment = {
  openSocket: (url, protocols) => new WebSocket(url, protocols),
  onWake(wake) {
    const look = () => {
      if (document.visibilityState !== 'hidden') wake();
    };
    addEventListener('online', look);
    // The browser may err, so the line itself is asked whether it is lost.
    addEventListener('offline', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
      document.removeEventListener('visibilitychange', look);
    };
  },
  onLeave(leave) {
    addEventListener('pagehide', leave);
    return () => removeEventListener('pagehide', leave);
  },
  fetch: (url, init) => fetch(url, init),
  textStorage: () => localStorage,
  onTextStored(hear) {
    addEventListener('storage', ({ key, newValue }) => {
      if (key !== null) hear(key, newValue);
    });
  },
  outboxStorage: (owner) => new IndexedDbOutbox(owner),
  isOnline: () => navigator.onLine,
  address: () => location.href,
  locale: () => navigator.language,
};
