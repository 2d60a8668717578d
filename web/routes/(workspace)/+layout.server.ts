import { redirect } from '@sveltejs/kit';
import { workspaceBody } from '#shared/api.ts';
import { followAccount } from '#web/lib/features/account/chosen.ts';
import { PANES_COOKIE } from '#web/lib/features/panels/panes.svelte.ts';
import { PANEL_COOKIE } from '#web/lib/features/panels/side-panel.svelte.ts';
import { FOLDED_COOKIE } from '#web/lib/features/sidebar/sections.svelte.ts';
import { load as loadFrom } from '#web/lib/load.ts';
import { knownTimeZone, TIME_ZONE_COOKIE } from '#web/lib/ui/time-zone.ts';
import { regionalLocale } from '#web/lib/ui/regional-locale.ts';
import { getLocale } from '#messages/compiled/runtime.js';
import type { LayoutServerLoad } from './$types.js';

const YEAR_S = 31_536_000;

export const load: LayoutServerLoad = async (event) => {
  const { fetch, url, request, cookies, locals, isDataRequest, untrack } = event;
  // Untracked, or every page turn would load the whole workspace again.
  const here = untrack(() => url.pathname);
  const workspace = await loadFrom(fetch, '/api/workspace', workspaceBody, here);
  const { preferences } = workspace;
  locals.theme = preferences.theme;
  locals.density = preferences.density;
  const path = { path: '/', httpOnly: false, secure: untrack(() => url.protocol === 'https:') };
  const isForeign = followAccount(preferences, {
    get: (name) => cookies.get(name),
    put: (name, value) =>
      value === null
        ? cookies.delete(name, path)
        : cookies.set(name, value, { ...path, maxAge: YEAR_S }),
  });
  if (isForeign && !isDataRequest)
    redirect(
      307,
      untrack(() => url.pathname + url.search),
    );
  return {
    workspace,
    now: Date.now(),
    timeZone: knownTimeZone(cookies.get(TIME_ZONE_COOKIE)),
    locale: regionalLocale(request.headers.get('accept-language'), getLocale()),
    kept: {
      folded: cookies.get(FOLDED_COOKIE),
      panel: cookies.get(PANEL_COOKIE),
      panes: cookies.get(PANES_COOKIE),
    },
    origin: untrack(() => url.origin),
  };
};
