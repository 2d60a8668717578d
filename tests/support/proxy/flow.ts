// One direction of a connection. It may be late, stalled or cut, but it never changes the order of bytes.

import type { Socket } from 'node:net';

export class Flow {
  readonly #to: Socket;
  readonly #cut: () => void;
  #latencyMs = 0;
  #heldUntil = 0;
  /** Bytes that still pass; null for all. */
  #allowance: number | null = null;
  #queue: { readonly bytes: Buffer; readonly dueAt: number }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #emptied: () => void = () => undefined;
  #held: () => void = () => undefined;

  constructor(to: Socket, cut: () => void) {
    this.#to = to;
    this.#cut = cut;
  }

  write(bytes: Buffer): void {
    const dueAt = performance.now() + this.#latencyMs;
    if (this.#queue.length === 0 && this.#latencyMs === 0 && performance.now() >= this.#heldUntil) {
      return this.#pass(bytes);
    }
    this.#queue.push({ bytes, dueAt });
    this.#arm();
    this.#held();
  }

  delay(ms: number): void {
    this.#latencyMs = ms;
  }

  /** Nothing passes for a while; then everything, in order. */
  hold(ms: number): void {
    this.#heldUntil = performance.now() + ms;
    this.#arm();
  }

  /** What was held back passes at once. */
  heal(): void {
    this.#latencyMs = 0;
    this.#heldUntil = 0;
    for (const { bytes } of this.#queue.splice(0)) this.#pass(bytes);
    this.#emptied();
  }

  /** Something waits to pass. */
  get isHolding(): boolean {
    return this.#queue.length > 0;
  }

  /** Resolves once something is held, or `ms` have passed. */
  async holds(ms: number): Promise<void> {
    if (this.isHolding) return;
    const late = new Promise<void>((waited) => setTimeout(waited, ms));
    await Promise.race([late, new Promise<void>((held) => (this.#held = held))]);
  }

  /** Calls back when all that was written has passed. */
  onceEmpty(emptied: () => void): void {
    this.#emptied = emptied;
    if (!this.isHolding) emptied();
  }

  /** The connection breaks after so many more bytes. */
  cutAfter(bytes: number): void {
    this.#allowance = bytes;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#queue = [];
  }

  #arm(): void {
    const first = this.#queue[0];
    if (!first) return;
    clearTimeout(this.#timer);
    const at = Math.max(first.dueAt, this.#heldUntil);
    this.#timer = setTimeout(() => this.#release(), Math.max(0, at - performance.now()));
  }

  #release(): void {
    const now = performance.now();
    while (this.#queue[0] && this.#queue[0].dueAt <= now + 1 && this.#heldUntil <= now + 1) {
      const next = this.#queue.shift();
      if (next) this.#pass(next.bytes);
    }
    if (!this.isHolding) this.#emptied();
    this.#arm();
  }

  #pass(bytes: Buffer): void {
    if (this.#to.destroyed) return;
    if (this.#allowance === null) return void this.#to.write(bytes);
    const some = bytes.subarray(0, this.#allowance);
    this.#allowance -= some.length;
    if (this.#allowance > 0) return void this.#to.write(some);
    this.end();
    this.#to.write(some, () => this.#cut());
  }
}
