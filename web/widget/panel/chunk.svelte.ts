// A part of the panel that a visitor can type without: it is fetched when it is needed.

export class Chunk<Part> {
  readonly #fetch: () => Promise<Part>;
  readonly #onFailed: () => void;
  #part = $state.raw<Part | null>(null);
  #hasFailed = $state(false);
  #loading: Promise<Part | null> | null = null;

  constructor(fetch: () => Promise<Part>, onFailed: () => void) {
    this.#fetch = fetch;
    this.#onFailed = onFailed;
  }

  /** Null until it has been fetched. */
  get part() {
    return this.#part;
  }
  /** Whether it could not be fetched the last time. */
  get hasFailed() {
    return this.#hasFailed;
  }

  /** Answers with null when it can't be fetched now. */
  load(): Promise<Part | null> {
    return (this.#loading ??= this.#load());
  }

  async #load(): Promise<Part | null> {
    try {
      this.#part = await this.#fetch();
    } catch {
      this.#loading = null;
      this.#onFailed();
    }
    this.#hasFailed = this.#part === null;
    return this.#part;
  }
}
