// The time that the page shows, and how it is written: the server's while it is hydrated, then this
// device's, each second.

import { createContext } from 'svelte';
import { knownTimeZone } from './time-zone.ts';

export class Clock {
  /** For dates and numbers, such as `en-GB`. */
  readonly locale: string;
  #now = $state.raw(0);
  #timeZone = $state.raw('UTC');

  /** @param now epoch milliseconds when the page was made */
  constructor(now: number, timeZone: string, locale: string) {
    this.locale = locale;
    this.#now = now;
    this.#timeZone = timeZone;
  }

  get now() {
    return this.#now;
  }
  get timeZone() {
    return this.#timeZone;
  }

  /** Ticks until the returned function is called. */
  start(): () => void {
    // Some systems name a zone that no browser knows.
    this.#timeZone = knownTimeZone(Intl.DateTimeFormat().resolvedOptions().timeZone);
    this.#now = Date.now();
    const timer = setInterval(() => (this.#now = Date.now()), 1000);
    return () => clearInterval(timer);
  }
}

export const [getClock, setClock] = createContext<Clock>();
