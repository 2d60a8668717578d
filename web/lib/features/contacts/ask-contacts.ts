// The contacts who are found by their name, an address or a number, those who wrote last first.

import * as v from 'valibot';
import { contactListBody, type ContactLine } from '#shared/contact/directory.ts';
import { shortened } from '#shared/text.ts';
import { accept, type Outcome } from '#shared/refusals.ts';
import { outcomeOf } from '#web/lib/api.ts';
import type { FoundPage } from '../search/finder.svelte.ts';

/** Fewer characters begin too many names. */
const LEAST_CHARACTERS = 2;
const MOST_CHARACTERS = 100;

/** What to look for; null while that is too little. */
export function contactsWanted(typed: string): string | null {
  const search = typed.trim();
  return [...search].length < LEAST_CHARACTERS ? null : shortened(search, MOST_CHARACTERS);
}

/** The first page, which holds more than is shown anywhere but in the directory. */
export async function askContacts(
  search: string,
  _after: number | null,
  signal: AbortSignal,
): Promise<Outcome<FoundPage<ContactLine>>> {
  const query = new URLSearchParams({ search, sort: 'last-message', direction: 'descending' });
  const outcome = await outcomeOf(await fetch(`/api/contacts?${query}`, { signal }));
  if (!outcome.ok) return outcome;
  const { contacts } = v.parse(contactListBody, await outcome.value.json());
  return accept({ hits: contacts, next: null });
}

/** The directory, narrowed to them. */
export const directoryOf = (search: string): string =>
  `/contacts?${new URLSearchParams({ search })}`;
