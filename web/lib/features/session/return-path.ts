// Where one was going before signing in; never to another site.

/** No address of ours is longer, and a header takes no more than some thousand characters. */
const PATH_CHARACTERS = 500;

export const signInPath = (here: string): string =>
  here === '/' || here === '/inbox' || here.length > PATH_CHARACTERS
    ? '/sign-in'
    : `/sign-in?to=${encodeURIComponent(here)}`;

/** The path to go on to: `to` when it is one of this site's, else the inbox. */
export function returnPath(to: string | null, origin: string): string {
  if (!to?.startsWith('/') || !URL.canParse(to, origin)) return '/inbox';
  const url = new URL(to, origin);
  // A path that begins with two slashes would be read as another site's address.
  const path = url.pathname.replace(/^\/+/, '/');
  return url.origin !== origin || path === '/sign-in' ? '/inbox' : path + url.search;
}
