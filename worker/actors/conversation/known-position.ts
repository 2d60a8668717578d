// The visitor's position in the queue as it was told last, so that the department need not be asked for every page
// that is loaded.

import type { QueuePosition } from '#shared/conversation/signals.ts';

const FRESH_MS = 5_000;

export class KnownPosition {
  #position: QueuePosition | null = null;
  #askedAt = -Infinity;
  /** Which wait it is of. */
  #since = 0;

  hear(position: QueuePosition, since: number): void {
    this.#position = position;
    this.#since = since;
  }

  /** Null when it is not known of this wait. */
  of(since: number): QueuePosition | null {
    return since === this.#since ? this.#position : null;
  }

  /** Whether the department is to be asked now, which then counts as done. */
  isToBeAsked(since: number, now: number): boolean {
    if (since === this.#since && now - this.#askedAt < FRESH_MS) return false;
    if (since !== this.#since) this.#position = null;
    this.#since = since;
    this.#askedAt = now;
    return true;
  }
}
