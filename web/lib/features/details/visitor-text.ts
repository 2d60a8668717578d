// What a visitor's client says of itself, in words. It may say anything, also what no browser knows.

import type { Device } from '#shared/identity.ts';

/** Null: nothing is known. */
export const deviceText = ({ browser, system }: Device): string | null =>
  [browser, system].filter((part) => part !== null).join(', ') || null;

/** The name of a language, in the reader's. */
export function languageText(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The day and the time of day there; null: no such zone is known. */
export function localTimeText(at: number, timeZone: string, locale: string): string | null {
  try {
    const format = { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone } as const;
    return Intl.DateTimeFormat(locale, format).format(at);
  } catch {
    return null;
  }
}
