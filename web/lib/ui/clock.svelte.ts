// The time that the page shows, and how it is written: the server's while it is hydrated, then this
// device's, each second.

import { createContext } from 'svelte';
import { deviceTimeZone, knownTimeZone } from './time-zone.ts';

export class Clock {
  /** For dates and numbers, such as `en-GB`. */
  readonly locale: string;
  #now = $state.raw(0);
  /** The device's, as far as it is known. */
  #timeZone = $state.raw('UTC');
  #chosenZone = $state.raw<string | null>(null);

  /**
   * @param now epoch milliseconds when the page was made
   * @param timeZone the device's, as far as it is known
   * @param chosenZone what the agent wants instead
   */
  constructor(now: number, timeZone: string, locale: string, chosenZone: string | null = null) {
    this.locale = locale;
    this.#now = now;
    this.#timeZone = timeZone;
    this.choose(chosenZone);
  }

  get now() {
    return this.#now;
  }
  get timeZone() {
    return this.#chosenZone ?? this.#timeZone;
  }

  get deviceZone() {
    return this.#timeZone;
  }

  /** Null: as the device has it. */
  choose(timeZone: string | null): void {
    this.#chosenZone = timeZone === null ? null : knownTimeZone(timeZone);
  }

  /** Ticks until the returned function is called. */
  start(): () => void {
    this.#timeZone = deviceTimeZone();
    this.#now = Date.now();
    const timer = setInterval(() => (this.#now = Date.now()), 1000);
    return () => clearInterval(timer);
  }
}

export const [getClock, setClock] = createContext<Clock>();
