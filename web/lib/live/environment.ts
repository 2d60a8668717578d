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
  /** Does the work while no other page does its own, as far as the browser can see to that. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  isOnline(): boolean;
  /** Of the page that is shown. */
  address(): string;
  /** Calls back when the page has another address and was not loaded again, as far as the browser tells. */
  onMoved(moved: () => void): void;
  /** Of the page that led here; empty: none is known. */
  referrer(): string;
  timeZone(): string;
  /** The language that the person prefers. */
  locale(): string;
}

/** A page that is frozen at its work holds up no other for longer. */
const ALONE_WITHIN_MS = 5_000;

async function alone<T>(work: () => Promise<T>): Promise<T> {
  let begun: Promise<T> | null = null;
  const begin = () => (begun ??= work());
  // Only pages that are served securely have locks.
  const { locks } = navigator as Partial<Navigator>;
  const signal = AbortSignal.timeout(ALONE_WITHIN_MS);
  // Where no lock can be had, what stands in the storage is looked at a second time.
  await locks?.request('parley', { signal }, begin).catch(() => {});
  return begin();
}

/** @param page the window of the page, which may be another than that of the script */
export const environmentOf = (page: typeof globalThis): Environment => ({
  openSocket: (url, protocols) => new WebSocket(url, protocols),
  onWake(wake) {
    const look = () => {
      if (page.document.visibilityState !== 'hidden') wake();
    };
    page.addEventListener('online', look);
    // The browser may err, so the line itself is asked whether it is lost.
    page.addEventListener('offline', look);
    page.document.addEventListener('visibilitychange', look);
    return () => {
      page.removeEventListener('online', look);
      page.removeEventListener('offline', look);
      page.document.removeEventListener('visibilitychange', look);
    };
  },
  onLeave(leave) {
    page.addEventListener('pagehide', leave);
    return () => page.removeEventListener('pagehide', leave);
  },
  fetch: (url, init) => fetch(url, init),
  textStorage: () => page.localStorage,
  onTextStored(hear) {
    page.addEventListener('storage', ({ key, newValue }) => {
      if (key !== null) hear(key, newValue);
    });
  },
  outboxStorage: (owner) => new IndexedDbOutbox(owner),
  alone,
  isOnline: () => page.navigator.onLine,
  address: () => page.location.href,
  onMoved(moved) {
    page.addEventListener('popstate', moved);
    // Not in every browser.
    if ('navigation' in page) page.navigation.addEventListener('currententrychange', moved);
  },
  referrer: () => page.document.referrer,
  timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  locale: () => page.navigator.language,
});

export const browserEnvironment: Environment = environmentOf(globalThis);
