// Formats what is written in one composer. What that takes loads once the page is there.

import { formatFor, type FormatId } from './format-keys.ts';

const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform);

export class Formatting {
  readonly #field: () => HTMLTextAreaElement | null;
  #format: typeof import('./format.ts') | null = null;

  constructor(field: () => HTMLTextAreaElement | null) {
    this.#field = field;
  }

  /** Without a connection there are no formats, and one can write all the same. */
  async load(): Promise<void> {
    this.#format = await import('./format.ts').catch(() => null);
  }

  apply(id: FormatId): void {
    const field = this.#field();
    if (field) this.#format?.format(field, id);
  }

  /** True when the press was for a format, or went on with a list. */
  press(event: KeyboardEvent): boolean {
    const field = this.#field();
    if (!field || !this.#format || event.isComposing) return false;
    const id = formatFor(event, isMac());
    if (id) this.#format.format(field, id);
    else if (event.key !== 'Enter' || !event.shiftKey || event.ctrlKey || event.metaKey)
      return false;
    else return this.#format.continueLine(field);
    return true;
  }
}
