// What was refused because it was too much: counted in each isolate, and logged in one line a minute.

const EVERY_MS = 60_000;

export class RefusedCount {
  readonly #log: (line: string) => void;
  readonly #counts = new Map<string, number>();
  #loggedAt = -Infinity;

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  /** The first refusal is logged at once, what follows a minute later at the earliest. */
  add(what: string, now: number): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
    if (now - this.#loggedAt < EVERY_MS) return;
    this.#loggedAt = now;
    this.#log(`refused: ${JSON.stringify(Object.fromEntries(this.#counts))}`);
    this.#counts.clear();
  }
}

const refusedHere = new RefusedCount((line) => console.warn(line));

export const countRefused = (what: string): void => refusedHere.add(what, Date.now());
