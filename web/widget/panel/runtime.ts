// Stands in for Paraglide's runtime in the panel's build. The panel chooses its language itself, so it needs
// none of the ways to find one, nor what they leave in the site's page.

import type { Locale } from '#web/paraglide/runtime.js';
import settings from '../../../project.inlang/settings.json';

// Paraglide makes the type out of this file.
export const locales = settings.locales as [Locale, ...Locale[]];
export const experimentalStaticLocale = undefined;

export let getLocale = (): Locale => locales[0];

export function overwriteGetLocale(choose: () => Locale): void {
  getLocale = choose;
}
