import { colleaguesBody } from '#shared/api.ts';
import { conversationListBody, readQuery } from '#shared/conversation-lists/list.ts';
import { savedViewsBody } from '#shared/conversation-lists/saved-view.ts';
import { load as loadFrom } from '#web/lib/load.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, url, parent }) => {
  const { timeZone } = await parent();
  const here = url.pathname + url.search;
  const asked = new URLSearchParams([...url.searchParams, ['zone', timeZone]]);
  const [list, { agents }, { views }] = await Promise.all([
    loadFrom(fetch, `/api/conversations?${asked}`, conversationListBody, here),
    loadFrom(fetch, '/api/colleagues', colleaguesBody, here),
    loadFrom(fetch, '/api/saved-views', savedViewsBody, here),
  ]);
  const query = readQuery(url.searchParams);
  return {
    list,
    views,
    agents: agents.map(({ agentId, name }) => ({ id: agentId, name })),
    // What the list's own answer has accepted.
    query: query.success ? query.output : null,
  };
};
