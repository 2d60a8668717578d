// What the stores need of the page around them. A browser's is the default. Tests and the fault harness run
// the same stores in Node and give another.

import { IndexedDbOutbox } from './indexed-db-outbox.ts';
import type { OutboxStorage } from './outbox.ts';

/** Where short texts are kept. Like `localStorage` it may throw: blocked, or full. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface Environment {
  openSocket(url: string, protocols: string[]): WebSocket;
  /** Calls back when a connection is worth another try at once. Answers with a function that stops it. */
  onWake(wake: () => void): () => void;
  /** Calls back when the page is about to go. Answers with a function that stops it. */
  onLeave(leave: () => void): () => void;
  fetch(url: string, init?: RequestInit): Promise<Response>;
  /** A function, since a browser may refuse even to name the storage. */
  textStorage: () => TextStorage;
  outboxStorage(owner: string): OutboxStorage;
}

export const browserEnvironment: Environment = {
  openSocket: (url, protocols) => new WebSocket(url, protocols),
  onWake(wake) {
    const look = () => {
      if (document.visibilityState !== 'hidden') wake();
    };
    addEventListener('online', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      removeEventListener('online', look);
      document.removeEventListener('visibilitychange', look);
    };
  },
  onLeave(leave) {
    addEventListener('pagehide', leave);
    return () => removeEventListener('pagehide', leave);
  },
  fetch: (url, init) => fetch(url, init),
  textStorage: () => localStorage,
  outboxStorage: (owner) => new IndexedDbOutbox(owner),
};
