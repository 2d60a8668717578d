// The clock of one simulated computer, which may be hours off and may jump. Code that runs under it reads it by
// `Date.now()`, over its awaits too; everybody else reads the machine's.

import { AsyncLocalStorage } from 'node:async_hooks';

const machineNow = Date.now;
const running = new AsyncLocalStorage<Clock>();

Date.now = () => machineNow() + (running.getStore()?.aheadMs ?? 0);

export class Clock {
  #aheadMs = 0;

  get aheadMs(): number {
    return this.#aheadMs;
  }

  /** Someone sets the clock, or the machine wakes. */
  jump(byMs: number): void {
    this.#aheadMs += byMs;
  }

  run<T>(work: () => T): T {
    return running.run(this, work);
  }
}
