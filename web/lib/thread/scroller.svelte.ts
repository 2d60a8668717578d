// Keeps a thread where its reader is: at the end while they are there, else at what they look at. The element
// is a column in reverse, so it begins at its end, stays there, and nothing moves by what is added above.

import { tick, untrack } from 'svelte';

const NEAR_END_PX = 48;

export class Scroller {
  #node: HTMLElement | null = null;
  #isAtEnd = $state(true);

  get isAtEnd() {
    return this.#isAtEnd;
  }
  /** How far it can be scrolled back from where it is. */
  get pixelsAbove(): number {
    const { scrollHeight = 0, clientHeight = 0, scrollTop = 0 } = this.#node ?? {};
    return scrollHeight - clientHeight + scrollTop;
  }

  /** For `{@attach}`: the element that scrolls. Its rows say so by `data-row`. */
  readonly attach = (node: HTMLElement): (() => void) => {
    this.#node = node;
    this.#isAtEnd = true;
    return () => (this.#node = null);
  };

  /** To be called when it has scrolled. */
  look(): void {
    if (this.#node) this.#isAtEnd = -this.#node.scrollTop < NEAR_END_PX;
  }

  toEnd(behavior: ScrollBehavior = 'auto'): void {
    if (behavior === 'auto') this.#isAtEnd = true;
    this.#node?.scrollTo({ top: 0, behavior });
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
      // Nothing is left to do where the browser has anchored the scroll itself.
      if (!this.#node || !anchor.isConnected) return;
      this.#node.scrollTop += anchor.getBoundingClientRect().top - before;
    });
  }

  #rowInSight(): Element | null {
    const node = this.#node;
    const root = node?.getRootNode();
    if (!node || !(root instanceof Document || root instanceof ShadowRoot)) return null;
    const { left, top, width, height } = node.getBoundingClientRect();
    const seen = root.elementFromPoint(left + width / 2, top + height / 2);
    const row = seen?.closest('[data-row]') ?? null;
    return row && node.contains(row) ? row : null;
  }
}
