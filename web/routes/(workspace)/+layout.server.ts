import { workspaceBody } from '#shared/api.ts';
import { PANEL_COOKIE } from '#web/lib/features/panels/side-panel.svelte.ts';
import { FOLDED_COOKIE } from '#web/lib/features/sidebar/sections.svelte.ts';
import { load as loadFrom } from '#web/lib/load.ts';
import { knownTimeZone, TIME_ZONE_COOKIE } from '#web/lib/ui/time-zone.ts';
import { regionalLocale } from '#web/lib/ui/regional-locale.ts';
import { getLocale } from '#messages/compiled/runtime.js';
import type { LayoutServerLoad } from './$types.js';

export const load: LayoutServerLoad = async ({ fetch, url, request, cookies, untrack }) => {
  // Untracked, or every page turn would load the whole workspace again.
  const here = untrack(() => url.pathname);
  return {
    workspace: await loadFrom(fetch, '/api/workspace', workspaceBody, here),
    now: Date.now(),
    timeZone: knownTimeZone(cookies.get(TIME_ZONE_COOKIE)),
    locale: regionalLocale(request.headers.get('accept-language'), getLocale()),
    folded: cookies.get(FOLDED_COOKIE),
    keptPanel: cookies.get(PANEL_COOKIE),
    origin: untrack(() => url.origin),
  };
};
