// A part of the panel that a visitor can type without: it is fetched when it is needed.

export class Chunk<Part> {
  readonly #fetch: () => Promise<Part>;
  #part = $state.raw<Part | null>(null);
  #hasFailed = $state(false);
  #isLoading = false;

  constructor(fetch: () => Promise<Part>) {
    this.#fetch = fetch;
  }

  /** Null until it has been fetched. */
  get part() {
    return this.#part;
  }
  /** Whether it could not be fetched the last time. */
  get hasFailed() {
    return this.#hasFailed;
  }

  load(): void {
    if (this.#part || this.#isLoading) return;
    this.#isLoading = true;
    void this.#fetch()
      .then(
        (part) => (this.#part = part),
        () => null,
      )
      .then((part) => {
        this.#hasFailed = part === null;
        this.#isLoading = false;
      });
  }
}
