// What the server tells a site's widget of a department: names, presence, opening times, limits.

import type { WidgetConfig } from '#shared/api.ts';
import type { VisitorApi } from './visitor-api.ts';

export class SiteConfig {
  readonly #api: VisitorApi;
  readonly department: string | null;
  #loading: Promise<void> | null = null;
  #value = $state.raw<WidgetConfig | null>(null);

  /** @param department null: the first one */
  constructor(api: VisitorApi, department: string | null) {
    this.#api = api;
    this.department = department;
  }

  /** Null until it is known. */
  get value() {
    return this.#value;
  }

  /** Asks once for all who want to know. */
  load(): Promise<void> {
    return (this.#loading ??= this.#load());
  }

  async #load(): Promise<void> {
    try {
      this.#value = await this.#api.config(this.department);
    } finally {
      this.#loading = null;
    }
  }

  /**
   * Asks again. What cannot be had stays as it was, and so does what a visitor is writing in: the composer goes on
   * when nobody is there any more, and the form when somebody is.
   */
  async refresh(isWriting: () => boolean): Promise<void> {
    const fresh = await this.#api.config(this.department).catch(() => null);
    if (!fresh) return;
    const accepting = this.#value?.accepting ?? fresh.accepting;
    if (accepting === fresh.accepting || !isWriting()) this.#value = fresh;
    else if (accepting) this.#value = { ...fresh, accepting };
  }

  /** A conversation was turned away: the server takes no new ones, whatever it said before. */
  turnAway(): void {
    if (this.#value) this.#value = { ...this.#value, accepting: false };
    // When the department opens may have changed as well. If that can't be had, the old answer stays.
    this.load().catch(() => {});
  }
}
