// Keeps a thread where its reader is: at the end while they are there, else at what they look at. The element
// is a column in reverse without the browser's own anchoring: it begins at its end and stays there, and what
// is added above moves nothing.

import { tick, untrack } from 'svelte';

const NEAR_END_PX = 48;

export class Scroller {
  #node: HTMLElement | null = null;
  #list: HTMLElement | null = null;
  #isAtEnd = $state(true);

  get isAtEnd() {
    return this.#isAtEnd;
  }
  /** How far it can be scrolled on from where it is. */
  get pixelsBelow(): number {
    return -(this.#node?.scrollTop ?? 0);
  }
  /** How far it can be scrolled back from where it is. */
  get pixelsAbove(): number {
    const { scrollHeight = 0, clientHeight = 0, scrollTop = 0 } = this.#node ?? {};
    return scrollHeight - clientHeight + scrollTop;
  }

  /** For `{@attach}`: the element that scrolls. */
  readonly frame = (node: HTMLElement): (() => void) => {
    this.#node = node;
    this.#isAtEnd = true;
    return () => (this.#node = null);
  };

  /** For `{@attach}`: the element whose children are the rows. */
  readonly list = (node: HTMLElement): void => {
    this.#list = node;
  };

  /** To be called when it has scrolled. */
  look(): void {
    if (this.#node) this.#isAtEnd = -this.#node.scrollTop < NEAR_END_PX;
  }

  toEnd(behavior: ScrollBehavior = 'auto'): void {
    if (behavior === 'auto') this.#isAtEnd = true;
    this.#node?.scrollTo({ top: 0, behavior });
  }

  /** Brings a row into the middle. Answers with it. */
  show(index: number): Element | undefined {
    const row = this.#list?.children[index];
    this.#isAtEnd = false;
    row?.scrollIntoView({ block: 'center' });
    this.look();
    return row;
  }

  /** To be called as a component is made: what a reader looks at stays where it is when `rows` change. */
  keepPlaceOver(rows: () => unknown): void {
    $effect.pre(() => {
      rows();
      if (!untrack(() => this.#isAtEnd)) this.#keepPlace();
    });
  }

  #keepPlace(): void {
    const anchor = this.#rowInSight();
    if (!anchor) return;
    const before = anchor.getBoundingClientRect().top;
    void tick().then(() => {
      if (!this.#node || !anchor.isConnected) return;
      this.#node.scrollTop += anchor.getBoundingClientRect().top - before;
    });
  }

  /** The first row that is not wholly above the middle. */
  #rowInSight(): Element | undefined {
    if (!this.#node || !this.#list) return undefined;
    const { top, height } = this.#node.getBoundingClientRect();
    const rows = this.#list.children;
    let [from, to] = [0, rows.length - 1];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((rows[middle]?.getBoundingClientRect().bottom ?? 0) > top + height / 2) to = middle;
      else from = middle + 1;
    }
    return rows[from];
  }
}
