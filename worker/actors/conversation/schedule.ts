// When the conversation's object must be awake: for its next deadline, and for what is still to be told elsewhere.

import type { Alarm } from '../parts/alarm.ts';

interface Times {
  /** What happens automatically, or its end for good. */
  readonly deadlineAt: () => number | null;
  readonly lagEndsAt: () => number | null;
  /** When something is to be delivered, or tried again. */
  readonly outboxAt: () => number | null;
  /** Whether more is likely to happen in it. */
  readonly goesOn: () => boolean;
}

export class Schedule {
  readonly #alarm: Alarm;
  readonly #times: Times;

  constructor(alarm: Alarm, times: Times) {
    this.#alarm = alarm;
    this.#times = times;
  }

  /** An alarm that stood by for the outbox is left for a deadline: it looks again when it rings. */
  async arm(): Promise<void> {
    const dueAt = this.#dueAt;
    const outboxAt = this.#times.outboxAt();
    if (outboxAt === null && dueAt !== null) await this.#alarm.armBy(dueAt);
    // Or what is said next would set it again, which is billed as a row.
    else if (outboxAt !== null || !this.#times.goesOn()) await this.#alarm.arm(outboxAt, dueAt);
  }

  /** A deadline that each message moves on: the alarm is left where it is, and looks again when it rings. */
  watch(): Promise<void> | null {
    const dueAt = this.#dueAt;
    return dueAt === null || this.#alarm.ringsBy(dueAt) ? null : this.#alarm.armBy(dueAt);
  }

  get #dueAt(): number | null {
    const known = [this.#times.deadlineAt(), this.#times.lagEndsAt()].filter((at) => at !== null);
    return known.length === 0 ? null : Math.min(...known);
  }
}
