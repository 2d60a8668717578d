// The object's one physical alarm, always set to the earliest of what its parts wait for.

export class Alarm {
  readonly #storage: DurableObjectStorage;
  /** Undefined until this instance has set it once. */
  #armedAt: number | null | undefined;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Setting an alarm is billed as a row, so an alarm that already stands is left alone. */
  async arm(...times: (number | null)[]): Promise<void> {
    const known = times.filter((time) => time !== null);
    const at = known.length === 0 ? null : Math.min(...known);
    if (at === this.#armedAt) return;
    this.#armedAt = at;
    if (at === null) await this.#storage.deleteAlarm();
    else await this.#storage.setAlarm(at);
  }

  /** Rings at `at` or before: an alarm that stands earlier is left alone, whatever it was set for. */
  async armBy(at: number): Promise<void> {
    this.#armedAt ??= await this.#storage.getAlarm();
    if (!this.ringsBy(at)) await this.arm(at);
  }

  /** Whether it is known to ring at `at` or before. */
  ringsBy(at: number): boolean {
    return typeof this.#armedAt === 'number' && this.#armedAt <= at;
  }

  /** The platform has taken the alarm out by firing it. */
  fired(): void {
    this.#armedAt = null;
  }
}
