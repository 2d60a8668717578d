import { directChatBody } from '#shared/direct-chat/api.ts';
import { load as loadFrom } from '#web/lib/load.ts';
import type { PageServerLoad } from './$types.js';

/** The colleague is named by their id or username. */
export const load: PageServerLoad = async ({ fetch, params, url }) => ({
  direct: await loadFrom(
    fetch,
    `/api/direct-chats/${encodeURIComponent(params.id)}`,
    directChatBody,
    url.pathname,
  ),
});
