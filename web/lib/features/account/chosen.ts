// What an account has chosen, on a device: cookies, so that the server renders the first view alike.

import {
  DENSITIES,
  THEMES,
  type AccountPreferences,
  type Density,
  type Theme,
} from '#shared/account/preferences.ts';
import { dropCookie, keepCookie } from '#web/lib/ui/keep-cookie.ts';
import { cookieName, locales, type Locale } from '#messages/compiled/runtime.js';

export const THEME_COOKIE = 'parley-theme';
export const DENSITY_COOKIE = 'parley-density';
export const LANGUAGE_COOKIE = cookieName;

export const knownTheme = (told: string | undefined): Theme | null =>
  THEMES.find((theme) => theme === told) ?? null;

export const knownDensity = (told: string | undefined): Density =>
  DENSITIES.find((density) => density === told) ?? 'comfortable';

/** One that Parley does not speak, or no more, is as if none were chosen. */
export const knownLanguage = (told: string | null | undefined): Locale | null =>
  locales.find((locale) => locale === told) ?? null;

export interface DeviceCookies {
  get(name: string): string | undefined;
  /** Null forgets it. */
  put(name: string, value: string | null): void;
}

/**
 * The device follows the account.
 * @returns whether the page has to be rendered again, in another language
 */
export function followAccount(
  { language, theme, density }: AccountPreferences,
  cookies: DeviceCookies,
): boolean {
  if (knownTheme(cookies.get(THEME_COOKIE)) !== theme) cookies.put(THEME_COOKIE, theme);
  if (knownDensity(cookies.get(DENSITY_COOKIE)) !== density) cookies.put(DENSITY_COOKIE, density);
  const wanted = knownLanguage(language);
  if (knownLanguage(cookies.get(LANGUAGE_COOKIE)) === wanted) return false;
  cookies.put(LANGUAGE_COOKIE, wanted);
  return true;
}

/** Only in a browser. */
export function showTheme(theme: Theme | null): void {
  document.documentElement.dataset['theme'] = theme ?? 'system';
  if (theme) keepCookie(THEME_COOKIE, theme);
  else dropCookie(THEME_COOKIE);
}

/** Only in a browser. */
export function showDensity(density: Density): void {
  document.documentElement.dataset['density'] = density;
  keepCookie(DENSITY_COOKIE, density);
}

/** Only in a browser: from the next page on. */
export function keepLanguage(language: string | null): void {
  if (language) keepCookie(LANGUAGE_COOKIE, language);
  else dropCookie(LANGUAGE_COOKIE);
}
