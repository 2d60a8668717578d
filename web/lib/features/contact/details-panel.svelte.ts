// Whether the details are in sight: beside a wide thread by choice, over a narrow one when called.

export const DETAILS_COOKIE = 'parley-details';
const YEAR_SECONDS = 31_536_000;

export class DetailsPanel {
  #beside = $state.raw(true);
  #over = $state.raw(false);

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

  toggle(): void {
    if (!matchMedia('(min-width: 1200px)').matches) {
      this.#over = !this.#over;
      return;
    }
    this.#beside = !this.#beside;
    const value = this.#beside ? 'open' : 'closed';
    document.cookie = `${DETAILS_COOKIE}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  }

  closeOver(): void {
    this.#over = false;
  }
}
