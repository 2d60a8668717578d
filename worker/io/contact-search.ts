// What a search for contacts finds: every word of it begins a word of the name or an address, or is in a number (D1).

import { nameKey } from '#shared/contact/name-key.ts';
import { condition, type Condition } from './conversation-lists.ts';

const PHONE = /^[+\d\s()./-]+$/;
/** What is dialled before a number, at home and abroad. */
const TRUNK = /^0+/;
const DIGITS_LEAST = 3;

/** Of the table `contact`, for each word. */
export function matching(search: string): Condition[] {
  if (isPhone(search)) return [inPhone(search)];
  return search
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(wordMatches);
}

const hasIdentity = (kind: string, matches: string) =>
  `contact.id IN (SELECT contact_id FROM contact_identity WHERE kind = '${kind}' AND ${matches})`;

const inPhone = (word: string): Condition =>
  condition(hasIdentity('phone', 'instr(value, ?) > 0'), digitsOf(word));

function wordMatches(word: string): Condition {
  const inName = condition(`instr(' ' || replace(name_key, '-', ' '), ?) > 0`, ` ${nameKey(word)}`);
  // The part before the @, or the one behind it.
  const address = `@${word.toLowerCase().replace(/^@/, '')}`;
  const inEmail = condition(hasIdentity('email', `instr('@' || value, ?) > 0`), address);
  const found = [inName, inEmail, ...(isPhone(word) ? [inPhone(word)] : [])];
  return condition(
    `(${found.map(({ sql }) => sql).join(' OR ')})`,
    ...found.flatMap(({ values }) => values),
  );
}

const isPhone = (text: string): boolean =>
  PHONE.test(text) && digitsOf(text).length >= DIGITS_LEAST;

const digitsOf = (word: string): string => word.replace(/\D/g, '').replace(TRUNK, '');
