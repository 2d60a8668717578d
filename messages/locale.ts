// Which of the catalogue's languages someone reads.

import { locales, type Locale } from './compiled/runtime.js';
import { chooseLocale } from './choose-locale.ts';

export type { Locale };

/** @param wanted a language tag such as `de-AT`; null: nobody knows */
export const localeFor = (wanted: string | null): Locale =>
  chooseLocale(locales, wanted === null ? [] : [wanted]);
