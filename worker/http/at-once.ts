// How many do the same thing at a time, in this isolate.

/** A request whose client hangs up may never come to its end, and must not keep others out for ever. */
const FORGOTTEN_AFTER_MS = 10_000;

export class AtOnce {
  readonly #most: number;
  readonly #now: () => number;
  readonly #begun = new Set<{ readonly at: number }>();

  constructor(most: number, now: () => number) {
    this.#most = most;
    this.#now = now;
  }

  /** Answers with what is to be called at the end; null when as many as may are at it. */
  begin(): (() => void) | null {
    const now = this.#now();
    for (const one of this.#begun) if (one.at + FORGOTTEN_AFTER_MS <= now) this.#begun.delete(one);
    if (this.#begun.size >= this.#most) return null;
    const mine = { at: now };
    this.#begun.add(mine);
    return () => void this.#begun.delete(mine);
  }
}
