// Every page: its language, its privacy, and the way from a page's `fetch` to the API.
import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit';
import { getTextDirection } from '#messages/compiled/runtime.js';
import { paraglideMiddleware } from '#messages/compiled/server.js';
import {
  DENSITY_COOKIE,
  knownDensity,
  knownTheme,
  THEME_COOKIE,
} from '#web/lib/features/account/chosen.ts';

const FAILED_FROM = 500;

export const handle: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, async ({ request, locale }) => {
    event.request = request;
    event.locals.theme = knownTheme(event.cookies.get(THEME_COOKIE));
    event.locals.density = knownDensity(event.cookies.get(DENSITY_COOKIE));
    const response = await resolve(event, {
      // By it a failure is found in the log.
      filterSerializedResponseHeaders: (name) => name === 'x-request-id',
      transformPageChunk: ({ html }) =>
        html
          .replace('%lang%', locale)
          .replace('%dir%', getTextDirection(locale))
          .replace('%theme%', event.locals.theme ?? 'system')
          .replace('%density%', event.locals.density)
          .replace('%scheme%', event.locals.theme ?? 'light dark'),
    });
    // Without it a page made for one person could be kept and shown to another.
    if (!response.headers.has('cache-control')) {
      response.headers.set('cache-control', 'private, no-store');
    }
    return response;
  });

export const handleFetch: HandleFetch = ({ event, request, fetch }) => {
  const url = new URL(request.url);
  const ours = url.origin === event.url.origin && url.pathname.startsWith('/api/');
  if (!ours || !event.platform) return fetch(request);
  // SvelteKit forwards the cookies only of requests that it resolves itself.
  const forwarded = new Request(request);
  for (const name of ['cookie', 'cf-connecting-ip']) {
    const value = event.request.headers.get(name);
    if (value !== null && !forwarded.headers.has(name)) forwarded.headers.set(name, value);
  }
  return event.platform.env.API(forwarded);
};

/** What strangers ask for that isn't there, or can't be, is no failure of ours. */
export const handleError: HandleServerError = ({ error, status, message }) => {
  if (status >= FAILED_FROM) console.error('page', error);
  return { message };
};
