// A client's clock, which may be hours off and may jump; and how patient its client is.

export class Clock {
  #skewMs = 0;

  now(): number {
    return Date.now() + this.#skewMs;
  }

  /** Somebody sets the clock, or the machine wakes. */
  jump(byMs: number): void {
    this.#skewMs += byMs;
  }
}

/** The times of docs/protocol.md, "Reconnecting", which short runs shorten. */
export interface Patience {
  readonly pingEveryMs: number;
  readonly pongMs: number;
  readonly backoffFirstMs: number;
  readonly backoffMostMs: number;
}

export const PROTOCOL_PATIENCE: Patience = {
  pingEveryMs: 25_000,
  pongMs: 8_000,
  backoffFirstMs: 2_000,
  backoffMostMs: 30_000,
};
