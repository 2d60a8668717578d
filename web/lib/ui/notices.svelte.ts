// Short words at the top of the page about how an action went.

import { createContext } from 'svelte';

/** What can still be done about it, while the notice stands. */
export interface Offer {
  readonly label: string;
  readonly keys: string | undefined;
  readonly accept: () => void;
  /** The notice has gone, and nobody has accepted. */
  readonly lapse: () => void;
}

export interface Notice {
  readonly id: number;
  /** `said` is read out and not shown: what it tells is in sight. */
  readonly look: 'success' | 'failure' | 'said';
  readonly text: string;
  readonly offer: Offer | null;
}

const SHOWN_MS = { success: 3_500, failure: 8_000, said: 3_500 };
const OFFERED_MS = 6_000;

export class Notices {
  /** One of each look: a stack of them would cover what they are about. */
  #shown = $state.raw<readonly Notice[]>([]);
  #lastId = 0;

  get shown() {
    return this.#shown;
  }

  get hasOffer(): boolean {
    return this.#offering !== undefined;
  }

  say(text: string): void {
    this.#show('said', text);
  }

  succeed(text: string): void {
    this.#show('success', text);
  }

  fail(text: string): void {
    this.#show('failure', text);
  }

  offer(text: string, offer: Offer): void {
    this.#show('success', text, offer);
  }

  acceptOffer(): void {
    const notice = this.#offering;
    if (!notice) return;
    this.#remove(notice);
    notice.offer?.accept();
  }

  /** What is offered lapses now. */
  settle(): void {
    if (this.#offering) this.dismiss(this.#offering.id);
  }

  dismiss(id: number): void {
    const notice = this.#shown.find((one) => one.id === id);
    if (!notice) return;
    this.#remove(notice);
    notice.offer?.lapse();
  }

  /** The agent has turned to something else: what was told before stays behind, what is offered stands. */
  turn(): void {
    this.#shown = this.#shown.filter(({ offer }) => offer);
  }

  get #offering(): Notice | undefined {
    return this.#shown.find(({ offer }) => offer);
  }

  #show(look: Notice['look'], text: string, offer: Offer | null = null): void {
    for (const other of this.#shown) if (other.look === look) this.dismiss(other.id);
    const id = ++this.#lastId;
    this.#shown = [...this.#shown, { id, look, text, offer }];
    setTimeout(() => this.dismiss(id), offer ? OFFERED_MS : SHOWN_MS[look]);
  }

  #remove(notice: Notice): void {
    this.#shown = this.#shown.filter((other) => other !== notice);
  }
}

export const [getNotices, setNotices] = createContext<Notices>();
