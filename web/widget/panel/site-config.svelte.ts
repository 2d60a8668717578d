// What the server tells a site's widget before anything is written: names, opening times, limits.

import type { WidgetConfig } from '#shared/api.ts';
import type { VisitorApi } from './visitor-api.ts';

export class SiteConfig {
  readonly #api: VisitorApi;
  readonly #department: string | null;
  #value = $state.raw<WidgetConfig | null>(null);

  /** @param department that the page asks for; null: the first one */
  constructor(api: VisitorApi, department: string | null) {
    this.#api = api;
    this.#department = department;
  }

  /** Null until it is known. */
  get value() {
    return this.#value;
  }

  async load(): Promise<void> {
    this.#value = await this.#api.config(this.#department);
  }

  /** A conversation was turned away: the server takes no new ones, whatever it said before. */
  turnAway(): void {
    if (this.#value) this.#value = { ...this.#value, accepting: false };
    // When the department opens may have changed as well. If that can't be had, the old answer stays.
    this.load().catch(() => {});
  }
}
