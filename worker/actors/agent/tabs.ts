// Whether an agent has a tab open: they are watched while they have, and count as online for a while afterwards.

import type { Timers } from '../parts/timers.ts';

/** How often an online agent's tabs are counted: a line that was lost closes no socket by itself. */
const WATCH_EVERY_MS = 300_000;

interface Deps {
  readonly timers: Timers<'grace' | 'watch' | 'lapse'>;
  readonly isOpen: () => boolean;
  readonly isOnline: () => boolean;
  readonly graceMs: () => number;
  readonly now: () => number;
}

export class Tabs {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  opened(): void {
    const { timers, now } = this.#deps;
    timers.cancel('grace');
    timers.set('watch', now() + WATCH_EVERY_MS);
  }

  /** Without any tab the grace period begins, with some they are watched on. */
  count(): void {
    const { timers, isOpen, isOnline, graceMs, now } = this.#deps;
    if (isOpen()) return timers.set('watch', now() + WATCH_EVERY_MS);
    timers.cancel('watch');
    if (isOnline()) timers.set('grace', now() + graceMs());
  }

  /** As the alarm would have said, which after a stop of the server is still on its way. */
  areLongGone(): boolean {
    const { timers, isOpen, isOnline, now } = this.#deps;
    const isDue = timers.isDue('grace', now()) || timers.isDue('watch', now());
    return isDue && isOnline() && !isOpen();
  }
}
