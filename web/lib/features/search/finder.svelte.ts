// What is found while someone types: asked for when they pause, page after page until there is enough to see. An answer
// that comes too late, because something else was typed meanwhile, is not shown.

import type { Outcome, Refusal } from '#shared/refusals.ts';

/** `next`: where the next page begins; null when there is none. */
export interface FoundPage<Hit> {
  readonly hits: readonly Hit[];
  readonly next: number | null;
}

/** @param after where the page begins; null: with the first */
type Ask<Query, Hit> = (
  query: Query,
  after: number | null,
  signal: AbortSignal,
) => Promise<Outcome<FoundPage<Hit>>>;

const PAUSE_MS = 120;
/** Pages may come with few hits, or none: so many hits are looked for at once. */
const ENOUGH = 20;

export class Finder<Query, Hit> {
  readonly #ask: Ask<Query, Hit>;
  readonly #mostPages: number;
  #hits = $state.raw<readonly Hit[]>([]);
  #next = $state.raw<number | null>(null);
  #isLooking = $state.raw(false);
  #refusal = $state.raw<Refusal | null>(null);
  #hasFailed = $state.raw(false);
  #query = $state.raw<Query | null>(null);
  #asking = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param mostPages as many are asked for, one after the other, to find enough */
  constructor(ask: Ask<Query, Hit>, mostPages: number) {
    this.#ask = ask;
    this.#mostPages = mostPages;
  }

  get hits() {
    return this.#hits;
  }
  /** Whether there may be more than was looked at. */
  get hasMore() {
    return this.#next !== null;
  }
  get isLooking() {
    return this.#isLooking;
  }
  get refusal() {
    return this.#refusal;
  }
  /** There was no answer. */
  get hasFailed() {
    return this.#hasFailed;
  }
  /** Whether an answer to what is typed now is in sight. */
  get isDone() {
    return this.#query !== null && !this.#isLooking && !this.#hasFailed && this.#refusal === null;
  }

  /** @param query null: there is nothing to look for */
  look(query: Query | null): void {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#query = query;
    this.#refusal = null;
    this.#hasFailed = false;
    this.#isLooking = query !== null;
    if (query === null) this.#show({ hits: [], next: null });
    else this.#timer = setTimeout(() => void this.#begin(query), PAUSE_MS);
  }

  /** The next page, if there is one. */
  async more(): Promise<void> {
    if (this.#query === null || this.#next === null || this.#isLooking) return;
    this.#isLooking = true;
    await this.#continue(this.#query, this.#hits, this.#next);
  }

  stop(): void {
    this.look(null);
  }

  #begin(query: Query): Promise<void> {
    return this.#continue(query, [], null);
  }

  async #continue(query: Query, before: readonly Hit[], from: number | null): Promise<void> {
    const { signal } = (this.#asking = new AbortController());
    let found: FoundPage<Hit> = { hits: before, next: from };
    try {
      for (let page = 0; page < this.#mostPages; page++) {
        const outcome = await this.#ask(query, found.next, signal);
        if (signal.aborted) return;
        if (!outcome.ok) return this.#end({ hits: [], next: null }, outcome.refusal);
        found = { hits: [...found.hits, ...outcome.value.hits], next: outcome.value.next };
        if (found.next === null || found.hits.length - before.length >= ENOUGH) break;
        // What there is by now is shown while the rest is looked for.
        if (found.hits.length > 0) this.#show(found);
      }
      this.#end(found, null);
    } catch {
      if (signal.aborted) return;
      this.#hasFailed = true;
      this.#isLooking = false;
    }
  }

  #end(found: FoundPage<Hit>, refusal: Refusal | null): void {
    this.#show(found);
    this.#refusal = refusal;
    this.#isLooking = false;
  }

  #show({ hits, next }: FoundPage<Hit>): void {
    this.#hits = hits;
    this.#next = next;
  }
}
