// What this agent prefers on this device.

import { browserEnvironment, type Environment } from '#web/lib/live/environment.ts';

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
  readonly #environment: Pick<Environment, 'textStorage' | 'onTextStored'>;
  #chosen = $state.raw(DEFAULTS);

  constructor(environment: Pick<Environment, 'textStorage' | 'onTextStored'> = browserEnvironment) {
    this.#environment = environment;
  }

  is(preference: Preference): boolean {
    return this.#chosen[preference];
  }

  set(preference: Preference, on: boolean): void {
    // Another tab may have chosen something else meanwhile.
    this.#chosen = { ...this.#chosen, ...this.#stored(), [preference]: on };
    try {
      this.#environment.textStorage().setItem(KEY, JSON.stringify(this.#chosen));
    } catch {
      // Without storage it holds until the page is closed.
    }
  }

  /** Only in a browser: what was chosen before, and from now on what other tabs choose. */
  restore(): void {
    this.#chosen = { ...DEFAULTS, ...this.#stored() };
    this.#environment.onTextStored((key) => {
      if (key === KEY) this.#chosen = { ...this.#chosen, ...this.#stored() };
    });
  }

  /** Empty where nothing is stored that could be read. */
  #stored(): Partial<typeof DEFAULTS> {
    try {
      return parsed(this.#environment.textStorage().getItem(KEY));
    } catch {
      return {};
    }
  }
}

/** Throws when the text is no JSON. */
function parsed(text: string | null): Partial<typeof DEFAULTS> {
  const stored: unknown = JSON.parse(text ?? '{}');
  if (typeof stored !== 'object' || stored === null) return {};
  const known = Object.entries(stored).filter(
    ([name, on]) => Object.hasOwn(DEFAULTS, name) && typeof on === 'boolean',
  );
  return Object.fromEntries(known);
}
