// The browser tells the server its time zone by a cookie, so that both render the same times.

import { keepCookie } from './keep-cookie.ts';

export const TIME_ZONE_COOKIE = 'parley-time-zone';

/** What a cookie says, if it is a time zone; UTC until it says so. */
export function knownTimeZone(told: string | undefined): string {
  try {
    return Intl.DateTimeFormat('en', { timeZone: told ?? 'UTC' }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

/** Only in a browser. Some systems name a zone that no browser knows. */
export const deviceTimeZone = (): string =>
  knownTimeZone(Intl.DateTimeFormat().resolvedOptions().timeZone);

/** Only in a browser. */
export function tellTimeZone(): void {
  keepCookie(TIME_ZONE_COOKIE, deviceTimeZone());
}
