import { conversationSnapshotSchema } from '#shared/conversation/snapshot.ts';
import { load as loadFrom } from '#web/lib/load.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, params, url }) => ({
  conversation: await loadFrom(
    fetch,
    `/api/conversations/${encodeURIComponent(params.id)}`,
    conversationSnapshotSchema,
    url.pathname,
  ),
});
