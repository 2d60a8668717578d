// What the search over all conversations is narrowed by, as its address has it.

import { wantedIn } from '#shared/search/wanted.ts';
import type { Parameters } from './ask.ts';
import { daySpan } from './day-span.ts';

export const FILTERS = [
  'order',
  'status',
  'department',
  'agent',
  'channel',
  'tag',
  'from',
  'to',
] as const;
/** An empty text narrows nothing. `from` and `to` are days, such as `2026-11-28`; both count. */
export type Filters = Record<(typeof FILTERS)[number], string>;

/** @param given the query of an address */
export const filtersIn = (given: URLSearchParams): Filters =>
  // Each of their names has a value.
  Object.fromEntries(FILTERS.map((name) => [name, given.get(name) ?? ''])) as Filters;

/** What the server is asked; null when there is too little to look for. */
export function parametersOf(
  text: string,
  { from, to, ...others }: Filters,
  timeZone: string,
): Parameters | null {
  if (wantedIn(text).length === 0) return null;
  return {
    ...{ text, ...others },
    since: from === '' ? undefined : String(daySpan(from, timeZone).from),
    until: to === '' ? undefined : String(daySpan(to, timeZone).to),
  };
}
