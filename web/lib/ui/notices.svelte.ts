// Short words at the top of the page about how an action went.

import { createContext } from 'svelte';

export interface Notice {
  readonly id: number;
  readonly look: 'success' | 'failure';
  readonly text: string;
}

const SHOWN_MS = { success: 3_500, failure: 8_000 };
const AT_ONCE = 3;

export class Notices {
  #shown = $state.raw<readonly Notice[]>([]);
  #lastId = 0;

  get shown() {
    return this.#shown;
  }

  succeed(text: string): void {
    this.#show('success', text);
  }

  fail(text: string): void {
    this.#show('failure', text);
  }

  dismiss(id: number): void {
    this.#shown = this.#shown.filter((notice) => notice.id !== id);
  }

  #show(look: Notice['look'], text: string): void {
    const id = ++this.#lastId;
    // The same words twice would say no more.
    const others = this.#shown.filter((notice) => notice.text !== text);
    this.#shown = [...others, { id, look, text }].slice(-AT_ONCE);
    setTimeout(() => this.dismiss(id), SHOWN_MS[look]);
  }
}

export const [getNotices, setNotices] = createContext<Notices>();
