// How often something may be done: some times at once, then at a pace. Only in memory: who is idle for long enough that
// it is forgotten has a full budget anyway.

export interface Pace {
  readonly atOnce: number;
  readonly everyMs: number;
}

export class Budget {
  readonly #pace: Pace;
  #left: number;
  #at = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
    this.#left = pace.atOnce;
  }

  /** Whether it may be done once more. @param now epoch milliseconds */
  spend(now: number): boolean {
    const { atOnce, everyMs } = this.#pace;
    this.#left = Math.min(atOnce, this.#left + Math.max(0, now - this.#at) / everyMs);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
