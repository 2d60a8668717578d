// Whether the details are in sight: beside a wide thread by choice, over a narrow one when called.

import { keepCookie } from '#web/lib/ui/keep-cookie.ts';

export const DETAILS_COOKIE = 'parley-details';

export class DetailsPanel {
  #beside = $state.raw(true);
  #over = $state.raw(false);
  #isEditing = $state.raw(false);

  /** @param beside as the cookie remembers it, so that the server renders the same */
  constructor(beside: boolean) {
    this.#beside = beside;
  }

  get beside() {
    return this.#beside;
  }
  get over() {
    return this.#over;
  }

  get isEditing() {
    return this.#isEditing;
  }

  /** Brings them into sight, to be edited. */
  edit(): void {
    if (isWide()) this.#remember(true);
    else this.#over = true;
    this.#isEditing = true;
  }

  stopEditing(): void {
    this.#isEditing = false;
  }

  toggle(): void {
    if (isWide()) this.#remember(!this.#beside);
    else this.#over = !this.#over;
  }

  #remember(beside: boolean): void {
    this.#beside = beside;
    keepCookie(DETAILS_COOKIE, beside ? 'open' : 'closed');
  }
}

/** Whether there is room beside the thread. */
const isWide = (): boolean => matchMedia('(min-width: 1200px)').matches;
