// What this agent prefers on this device.

const KEY = 'parley-preferences';

const DEFAULTS = {
  /** A short sound for a new queued chat while the page is hidden. */
  sound: true,
  /** A desktop notification for the same. */
  notifications: false,
  /** Shortcuts that are a single character. */
  singleKeys: true,
};
type Preference = keyof typeof DEFAULTS;

export class Preferences {
  #chosen = $state.raw(DEFAULTS);

  is(preference: Preference): boolean {
    return this.#chosen[preference];
  }

  set(preference: Preference, on: boolean): void {
    this.#chosen = { ...this.#chosen, [preference]: on };
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#chosen));
    } catch {
      // Without storage it holds until the page is closed.
    }
  }

  /** Only in a browser. */
  restore(): void {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
      if (typeof stored !== 'object' || stored === null) return;
      for (const [name, on] of Object.entries(stored)) {
        if (name in DEFAULTS && typeof on === 'boolean') {
          this.#chosen = { ...this.#chosen, [name]: on };
        }
      }
    } catch {
      // Nothing stored that could be read: the defaults stand.
    }
  }
}
