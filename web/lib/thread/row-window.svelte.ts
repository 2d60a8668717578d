// Which rows of a long thread are in the page: those around its reader. Further ones take their place as the reader
// comes near the edge of it.

import type { Row } from './rows.ts';

/** At the end. */
const ROWS_AT_END = 100;
/** Elsewhere: several screens in each direction. */
const ROWS = 200;
const ROWS_AT_ONCE = 50;

export class RowWindow<Sentence> {
  readonly #all: () => readonly Row<Sentence>[];
  /** The key of the first row; null: the last rows are shown, whichever they are. */
  #first = $state.raw<string | null>(null);
  /** Whether it was the very first, so that some of those that come before it belong in the page. */
  #isBeginning = $state.raw(false);
  #size = $state.raw(ROWS);
  readonly #from = $derived.by(() => this.#indexOf(this.#first));
  readonly #rows = $derived.by(() => {
    const to = this.#first === null ? undefined : this.#from + this.#size;
    return this.#all().slice(this.#from, to);
  });

  /** @param all reactive */
  constructor(all: () => readonly Row<Sentence>[]) {
    this.#all = all;
  }

  get rows(): readonly Row<Sentence>[] {
    return this.#rows;
  }
  get hasEarlier(): boolean {
    return this.#from > 0;
  }
  get hasLater(): boolean {
    return this.#from + this.#rows.length < this.#all().length;
  }

  /** The last rows, and every new one. */
  follow(): void {
    this.#first = null;
    this.#size = ROWS;
  }

  /** The rows that are there stay, also when new ones come. */
  hold(): void {
    if (this.#first === null) this.#begin(this.#from);
  }

  /** @param keeps whether none of those that are there may go */
  earlier(keeps: boolean): void {
    const from = this.#from;
    this.#size = keeps ? this.#rows.length + ROWS_AT_ONCE : ROWS;
    this.#begin(from - ROWS_AT_ONCE);
  }

  /** @param keeps whether none of those that are there may go */
  later(keeps: boolean): void {
    this.hold();
    this.#size = keeps ? this.#rows.length + ROWS_AT_ONCE : ROWS;
    if (!keeps) this.#begin(this.#from + ROWS_AT_ONCE);
  }

  /** Has a row in its middle. Answers with its place among those in the page. */
  around(index: number): number {
    this.#size = ROWS;
    this.#begin(index - ROWS / 2);
    return index - this.#from;
  }

  /** All that is loaded. */
  showAll(): void {
    this.#size = Infinity;
    this.#begin(0);
  }

  #begin(index: number): void {
    const rows = this.#all();
    const from = Math.max(0, Math.min(index, rows.length - 1));
    // A day's row gives way when earlier ones of that day come.
    const first = rows[from]?.kind === 'day' ? from + 1 : from;
    this.#first = rows[first]?.key ?? null;
    this.#isBeginning = first === 0 || (first === 1 && rows[0]?.kind === 'day');
  }

  #indexOf(first: string | null): number {
    const rows = this.#all();
    const found = first === null ? -1 : rows.findIndex(({ key }) => key === first);
    if (found === -1) return Math.max(0, rows.length - ROWS_AT_END);
    const from = this.#isBeginning ? Math.max(0, found - ROWS_AT_ONCE) : found;
    return rows[from - 1]?.kind === 'day' ? from - 1 : from;
  }
}
