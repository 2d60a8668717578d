// Keeps a thread where its reader is: at the end while they are there, else at what they look at. The element
// is a column in reverse without the browser's own anchoring: it begins at its end and stays there, and what
// is added above moves nothing.

import { tick, untrack } from 'svelte';

const NEAR_END_PX = 48;

export class Scroller {
  #node: HTMLElement | null = null;
  #list: HTMLElement | null = null;
  #isAtEnd = $state(true);
  #goesOn: () => boolean = () => false;
  /** What is to stay in its place, and where that is, while rows come and go. */
  #anchor: { readonly row: Element; readonly top: number } | null = null;

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
    if (!this.#node) return;
    this.#isAtEnd = this.pixelsBelow < NEAR_END_PX && !untrack(this.#goesOn);
  }

  toEnd(behavior: ScrollBehavior = 'auto'): void {
    if (behavior === 'auto') this.#isAtEnd = true;
    this.#anchor = null;
    this.#node?.scrollTo({ top: 0, behavior });
  }

  /** Whether something among the rows has the focus, or is selected. */
  get isHeld(): boolean {
    const list = this.#list;
    const selection = list?.ownerDocument.getSelection();
    if (!list || !selection) return false;
    return (
      list.contains(document.activeElement) ||
      (!selection.isCollapsed && selection.containsNode(list, true))
    );
  }

  /** Brings a row into the middle. Answers with it. */
  show(index: number): Element | undefined {
    const row = this.#list?.children[index];
    this.#isAtEnd = false;
    this.#anchor = null;
    row?.scrollIntoView({ block: 'center' });
    this.look();
    return row;
  }

  /**
   * To be called as a component is made: what a reader looks at stays where it is when `rows` change.
   * @param goesOn whether there are more below the last of them
   */
  keepPlaceOver(rows: () => unknown, goesOn = () => false): void {
    this.#goesOn = goesOn;
    $effect.pre(() => {
      rows();
      if (!untrack(() => this.#isAtEnd)) this.#keepPlace();
    });
  }

  #keepPlace(): void {
    const row = this.#rowInSight();
    // Where it is now, it may have been moved to by a change that is not over.
    if (!row || this.#anchor) return;
    const anchor = { row, top: row.getBoundingClientRect().top };
    this.#anchor = anchor;
    void tick().then(() => {
      // Somebody goes elsewhere.
      if (this.#anchor !== anchor) return;
      this.#anchor = null;
      if (!this.#node || !row.isConnected) return;
      this.#node.scrollTop += row.getBoundingClientRect().top - anchor.top;
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
