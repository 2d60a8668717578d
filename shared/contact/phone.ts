// A phone number as people write it, made the one that every network knows it by. The form and the server read it alike.

/** Country codes as the ITU has given them out, and what may follow: 15 digits in all, and seven at least. */
const E164 =
  /^\+(?=\d{7,15}$)(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|(?:2[1-69]|3[578]|42|5[09]|6[7-9]|8[0578]|9[679])\d)[1-9\d]\d+$/;

/** What people put between digits. */
const BETWEEN = /[\s\u00a0\u202f().\/\u2010-\u2015-]/g;

/** Written inside a number with a country code, for who dials it at home: `+49 (0)30`. */
const TRUNK_IN_BRACKETS = /\(0\)/;

/** Where the zero that is dialled at home is a part of the number. */
const KEEPS_ZERO = ['+39', '+378', '+379', '+225', '+242', '+241'];

/** In E.164, such as `+493012345`; null for what is no number. @param home the country code of numbers without one */
export function e164(text: string, home: string | null): string | null {
  const digits = text.trim().replace(TRUNK_IN_BRACKETS, '').replace(BETWEEN, '');
  const number = digits.replace(/^00/, '+');
  const whole = number.startsWith('+') ? number : home && withCountry(digits, home);
  return whole && E164.test(whole) ? whole : null;
}

function withCountry(digits: string, home: string): string {
  if (KEEPS_ZERO.includes(home)) return home + digits;
  if (home === '+7' && digits.length === 11) return home + digits.replace(/^8/, '');
  return home + digits.replace(/^0/, '');
}
