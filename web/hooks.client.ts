// Every page in a browser: its language. And where a page can't be shown because the server no longer has a part of it,
// since Parley was deployed, it is loaded as a whole.

import type { ClientInit, HandleClientError } from '@sveltejs/kit';
import { navigating } from '$app/state';
import { loadSentences } from '#web/lib/language/browser-messages.ts';

export const init: ClientInit = loadSentences;

/** What was thrown when a script or a style could not be fetched. */
const missing = new WeakSet<object>();
addEventListener('vite:preloadError', ({ payload }) => missing.add(payload));

/** Without a connection the page that is there is worth more than the browser's own about that. */
const isServerThere = (): Promise<boolean> =>
  fetch('/_app/version.json', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );

export const handleError: HandleClientError = async ({ error, event, message }) => {
  console.error(error);
  const isMissing = error instanceof Error && missing.has(error);
  // What is only fetched ahead, because the pointer is over a link, is no reason.
  if (isMissing && navigating.to && (await isServerThere())) {
    location.assign(event.url);
    // Until the page is gone nothing else is shown.
    return new Promise(() => {});
  }
  return { message };
};
