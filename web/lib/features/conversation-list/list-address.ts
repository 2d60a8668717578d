// The addresses of lists of conversations: what narrows a list stands in its own, so that it can be shared and kept.

import type { ListQuery } from '#shared/conversation-lists/list.ts';

export const LIST_PATH = '/conversations';

/** Another list: the same with a change, from its first page on. Null takes away what narrows it. */
export function changedQuery(
  query: ListQuery,
  change: Partial<Record<keyof ListQuery, string | null>>,
): URLSearchParams {
  const { after: _, zone: __, ...kept } = query;
  const isOther = change.state !== undefined && change.state !== query.state;
  const merged = Object.entries({ ...kept, ...(isOther && OF_OPEN_ONLY), ...change });
  return new URLSearchParams(
    merged.flatMap(([key, value]) =>
      value && DEFAULTS[key] !== value ? [[key, value] as [string, string]] : [],
    ),
  );
}

const DEFAULTS: Readonly<Record<string, string>> = { state: 'open', sort: 'newest' };

/** What narrows a list of open conversations means nothing among the others. */
const OF_OPEN_ONLY = { status: null, due: null, sort: null };

export function listAddress(search: URLSearchParams): string {
  const text = String(search);
  return text === '' ? LIST_PATH : `${LIST_PATH}?${text}`;
}

/** Whether anything narrows it, beside whether they are open. */
export const isNarrowed = (query: ListQuery): boolean =>
  [...changedQuery(query, { state: null, sort: null }).keys()].length > 0;
