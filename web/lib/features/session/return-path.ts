// Where one was going before signing in; never to another site.

/** No address of ours is longer, and a header takes no more than some thousand characters. */
const PATH_CHARACTERS = 500;

/** @param why `signed-out` when a session that was there has ended */
export function signInPath(here: string, why?: 'signed-out'): string {
  return withReturn('/sign-in', here, why);
}

/** Where an agent sets up the second factor that they must have, before anything else. */
export const twoFactorPath = (here: string): string => withReturn('/two-factor', here);

function withReturn(path: string, here: string, why?: string): string {
  const query = new URLSearchParams();
  const isWorthIt = here !== '/' && here !== '/inbox' && here.length <= PATH_CHARACTERS;
  if (isWorthIt) query.set('to', here);
  if (why) query.set('why', why);
  return query.size === 0 ? path : `${path}?${query}`;
}

/** The path to go on to: `to` when it is one of this site's, else the inbox. */
export function returnPath(to: string | null, origin: string): string {
  if (!to?.startsWith('/') || !URL.canParse(to, origin)) return '/inbox';
  const url = new URL(to, origin);
  // A path that begins with two slashes would be read as another site's address.
  const path = url.pathname.replace(/^\/+/, '/');
  return url.origin !== origin || path === '/sign-in' ? '/inbox' : path + url.search;
}
