// What a password may be. A long one is strong: nothing else is asked of it.

import * as v from 'valibot';

export const PASSWORD_CHARACTERS = { least: 8, most: 200 } as const;

const GOOD_FROM = 12;
const STRONG_FROM = 16;

export type PasswordStrength = 'too-short' | 'fair' | 'good' | 'strong';

export function strengthOf(password: string): PasswordStrength {
  if (password.length < PASSWORD_CHARACTERS.least) return 'too-short';
  if (password.length < GOOD_FROM) return 'fair';
  return password.length < STRONG_FROM ? 'good' : 'strong';
}

/** One that is made, as opposed to one that is tried. */
export const newPasswordSchema = v.pipe(
  v.string(),
  v.minLength(PASSWORD_CHARACTERS.least, `at least ${PASSWORD_CHARACTERS.least} characters`),
  v.maxLength(PASSWORD_CHARACTERS.most, `at most ${PASSWORD_CHARACTERS.most} characters`),
);

/** One that is tried. */
export const triedPasswordSchema = v.pipe(
  v.string(),
  v.minLength(1, 'a password'),
  v.maxLength(PASSWORD_CHARACTERS.most),
);
