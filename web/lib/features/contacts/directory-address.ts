// The address of the directory says what is searched, filtered and sorted, so that it can be shared.

import * as v from 'valibot';
import { contactFilterSchema, contactQuerySchema } from '#shared/contact/directory.ts';
import { dayStart } from '#web/lib/ui/day-start.ts';

/** Days in the address, moments for the server: the last day of a span is a part of it. */
const DAYS = { createdFrom: 0, createdTo: 1, lastMessageFrom: 0, lastMessageTo: 1 } as const;
const isDay = (key: string): key is keyof typeof DAYS => key in DAYS;

/** What narrows the list, without the search. */
export const FILTERS = ['manager', 'blocked', 'channel', 'email', ...Object.keys(DAYS)];

/** What the server is asked for. What nobody would choose is left out, as if it were not there. */
export function directoryQuery(address: URLSearchParams, timeZone: string): URLSearchParams {
  return queryOf(contactQuerySchema.entries, address, timeZone);
}

/** The same list, as a file of all its pages. */
export function exportQuery(address: URLSearchParams, timeZone: string): URLSearchParams {
  return queryOf(contactFilterSchema.entries, address, timeZone);
}

function queryOf(
  schemas: v.ObjectEntries,
  address: URLSearchParams,
  timeZone: string,
): URLSearchParams {
  const query = new URLSearchParams();
  for (const [key, schema] of Object.entries(schemas)) {
    const value = address.get(key) ?? '';
    const sent = isDay(key) ? String(dayStart(value, timeZone, DAYS[key])) : value;
    if (sent !== '' && v.safeParse(schema, sent).success) query.set(key, sent);
  }
  return query;
}

/** The address with other values, from the first page on unless they say so; null takes one away. */
export function addressWith(
  address: URLSearchParams,
  changes: Readonly<Record<string, string | null>>,
): string {
  const next = new URLSearchParams(address);
  for (const [key, value] of Object.entries({ after: null, before: null, ...changes })) {
    if (value === null) next.delete(key);
    else next.set(key, value);
  }
  return next.size === 0 ? '/contacts' : `/contacts?${next}`;
}
