// Stands in for Paraglide in the panel's build. The panel chooses its language itself, so it needs none of the
// ways to find one, nor what they leave in the site's page; and its sentences are just texts with blanks.

import type { Locale } from '#web/paraglide/runtime.js';
import { locales as settled } from '../../../project.inlang/settings.json';

// Paraglide makes the type out of this file.
export const locales = settled as [Locale, ...Locale[]];

export let getLocale = (): Locale => locales[0];

export function overwriteGetLocale(choose: () => Locale): void {
  getLocale = choose;
}

/** A sentence of the catalogue. @param texts one for each of {@link locales} */
export const sentence =
  (...texts: string[]) =>
  (blanks: Record<string, unknown> = {}): string =>
    (texts[locales.indexOf(getLocale())] ?? '').replace(/{(\w+)}/g, (_, name: string) =>
      String(blanks[name]),
    );
