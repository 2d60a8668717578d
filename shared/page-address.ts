// The page that a visitor writes from, as agents may know it.

/** A longer one is not told. */
export const PAGE_CHARACTERS = 2000;

/**
 * Without the query and the fragment, which may hold secrets of the site: where to reset a password, who is signed in.
 * Null for what is not the address of a page.
 */
export function pageAddress(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, origin, pathname } = new URL(address);
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  const page = origin + pathname;
  return page.length > PAGE_CHARACTERS ? null : page;
}
