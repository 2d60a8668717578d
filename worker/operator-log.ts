// What an operator should see of a flood: what was refused because it was too much, and who was let in without a
// check. Counted in each isolate, and logged in one line a minute.

const EVERY_MS = 60_000;

export class CountedLog {
  readonly #log: (line: string) => void;
  readonly #title: string;
  readonly #counts = new Map<string, number>();
  readonly #lastAt = new Map<string, number>();
  #loggedAt = -Infinity;

  constructor(log: (line: string) => void, title = 'refused') {
    this.#log = log;
    this.#title = title;
  }

  /** The first one is logged at once, what follows a minute later at the earliest. */
  add(what: string, now: number): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
    this.#lastAt.set(what, now);
    if (now - this.#loggedAt < EVERY_MS) return;
    this.#loggedAt = now;
    this.#log(`${this.#title}: ${JSON.stringify(Object.fromEntries(this.#counts))}`);
    this.#counts.clear();
  }

  /** Whether there was one within the last minute. */
  hasLately(what: string, now: number): boolean {
    return now - (this.#lastAt.get(what) ?? -Infinity) < EVERY_MS;
  }
}

const refusedHere = new CountedLog((line) => console.warn(line));
const uncheckedHere = new CountedLog((line) => console.warn(line), 'let in unchecked');

export const countRefused = (what: string): void => refusedHere.add(what, Date.now());
export const hasRefusedLately = (what: string): boolean => refusedHere.hasLately(what, Date.now());

/** Turnstile could not say whether a visitor is human. @param why for an operator */
export const countUnchecked = (why: string): void => uncheckedHere.add(why, Date.now());
