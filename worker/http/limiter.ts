// Counts by a rate limit of the platform, which counts at each of its locations. What a client asks for often and
// cheaply is counted in this isolate first.

const WINDOW_MS = 10_000;
/** A refused key is not counted again for so long: a flood costs one question a second. */
const REMEMBERED_MS = 1_000;
/** More keys than this are counted by the platform alone, so that addresses don't fill the memory. */
const MOST_KEYS = 10_000;

/** Refusals in ten seconds that a client which does not listen has beyond those that one which does can get. */
const PATIENCE = 10;

interface Known {
  count: number;
  refusals: number;
  refusedUntil: number;
}

export class Limiter {
  readonly #binding: RateLimit;
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();
  #window = 0;

  constructor(binding: RateLimit, now: () => number) {
    this.#binding = binding;
    this.#now = now;
  }

  /** @param spared as many times in ten seconds the platform is not asked */
  async allows(key: string, spared: number): Promise<boolean> {
    const now = this.#now();
    const known = this.#recall(key, now);
    known.count += 1;
    const isAllowed =
      known.refusedUntil <= now && (known.count <= spared || (await this.#ask(key)));
    if (isAllowed) return true;
    known.refusals += 1;
    if (known.refusedUntil <= now) known.refusedUntil = now + REMEMBERED_MS;
    return false;
  }

  /** Whether they go on asking, whatever they are told. */
  isFlood(key: string): boolean {
    return this.#recall(key, this.#now()).refusals > PATIENCE;
  }

  async #ask(key: string): Promise<boolean> {
    return (await this.#binding.limit({ key })).success;
  }

  #recall(key: string, now: number): Known {
    const window = Math.floor(now / WINDOW_MS);
    if (window !== this.#window) this.#known.clear();
    this.#window = window;
    const found = this.#known.get(key);
    if (found) return found;
    const isFull = this.#known.size >= MOST_KEYS;
    const known = { count: isFull ? Infinity : 0, refusals: 0, refusedUntil: 0 };
    if (!isFull) this.#known.set(key, known);
    return known;
  }
}
