// Keeps the thread where its reader is: at the newest message while he is there, else unmoved.

import { tick } from 'svelte';

const NEAR_PX = 40;

export class Scroller {
  #node: HTMLElement | null = null;
  #isAtBottom = $state(true);
  #isAtTop = $state(false);
  #lastTop = 0;

  get isAtBottom() {
    return this.#isAtBottom;
  }
  get isAtTop() {
    return this.#isAtTop;
  }

  /** For `{@attach}`: the scrolling element, whose only child is the content. */
  readonly attach = (node: HTMLElement): (() => void) => {
    this.#node = node;
    const observer = new ResizeObserver(() => this.#isAtBottom && this.#jump());
    observer.observe(node);
    if (node.firstElementChild) observer.observe(node.firstElementChild);
    node.addEventListener('scroll', this.#look, { passive: true });
    this.toBottom();
    return () => observer.disconnect();
  };

  toBottom(): void {
    this.#isAtBottom = true;
    this.#jump();
  }

  /** Lets something be added above without moving what is being read. */
  async keepPlace(add: () => Promise<void>): Promise<void> {
    const node = this.#node;
    if (!node) return;
    const fromEnd = node.scrollHeight - node.scrollTop;
    await add();
    await tick();
    node.scrollTop = node.scrollHeight - fromEnd;
  }

  #jump(): void {
    if (!this.#node) return;
    this.#node.scrollTop = this.#node.scrollHeight;
    this.#lastTop = this.#node.scrollTop;
  }

  #look = (): void => {
    if (!this.#node) return;
    const { scrollTop, scrollHeight, clientHeight } = this.#node;
    if (scrollHeight - scrollTop - clientHeight < NEAR_PX) this.#isAtBottom = true;
    // Only going up leaves the bottom: what has grown since it was reached is followed in a moment.
    else if (scrollTop < this.#lastTop) this.#isAtBottom = false;
    this.#lastTop = scrollTop;
    this.#isAtTop = scrollTop < NEAR_PX && scrollHeight > clientHeight;
  };
}
