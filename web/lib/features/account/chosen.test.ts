import { expect, test } from 'vitest';
import { NO_PREFERENCES } from '#shared/account/preferences.ts';
import { DENSITY_COOKIE, followAccount, LANGUAGE_COOKIE, THEME_COOKIE } from './chosen.ts';

/** A device that has these cookies. */
function device(cookies: Record<string, string> = {}) {
  const jar = new Map(Object.entries(cookies));
  return {
    jar,
    get: (name: string) => jar.get(name),
    put: (name: string, value: string | null) =>
      void (value === null ? jar.delete(name) : jar.set(name, value)),
  };
}

test('[MY3] a device takes what the account has chosen, and needs another page for a language only', () => {
  const fresh = device();
  const dark = { ...NO_PREFERENCES, theme: 'dark' } as const;
  expect(followAccount(dark, fresh)).toBe(false);
  expect(fresh.jar.get(THEME_COOKIE)).toBe('dark');
  const german = { ...dark, language: 'de' };
  expect(followAccount(german, fresh)).toBe(true);
  expect(fresh.jar.get(LANGUAGE_COOKIE)).toBe('de');
  expect(followAccount(german, fresh)).toBe(false);
});

test('[MY3] what another agent had chosen on a device goes', () => {
  const shared = device({ [THEME_COOKIE]: 'light', [LANGUAGE_COOKIE]: 'de' });
  expect(followAccount(NO_PREFERENCES, shared)).toBe(true);
  expect([...shared.jar]).toEqual([]);
});

test('[WS68] a device takes the density of the account, at once', () => {
  const fresh = device();
  expect(followAccount({ ...NO_PREFERENCES, density: 'compact' }, fresh)).toBe(false);
  expect(fresh.jar.get(DENSITY_COOKIE)).toBe('compact');
  followAccount(NO_PREFERENCES, fresh);
  expect(fresh.jar.get(DENSITY_COOKIE)).toBe('comfortable');
});

test('[MY3] a language that Parley does not speak is as if none were chosen', () => {
  const fresh = device();
  expect(followAccount({ ...NO_PREFERENCES, language: 'tlh' }, fresh)).toBe(false);
  expect([...fresh.jar]).toEqual([]);
});
