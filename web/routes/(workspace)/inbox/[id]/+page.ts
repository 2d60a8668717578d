import * as v from 'valibot';
import { conversationSnapshotSchema } from '#shared/conversation/snapshot.ts';
import { conversationIdSchema } from '#shared/ids.ts';
import { isFollowedHere } from '#web/lib/live/conversation-stores.ts';
import { load as loadFrom } from '#web/lib/load.ts';
import type { PageLoad } from './$types.js';

export const load: PageLoad = async ({ fetch, params, url }) => {
  const id = v.safeParse(conversationIdSchema, params.id);
  // What the page follows anyway is there at once.
  if (id.success && isFollowedHere(id.output))
    return { conversation: { conversationId: id.output } };
  const path = `/api/conversations/${encodeURIComponent(params.id)}`;
  const conversation = await loadFrom(fetch, path, conversationSnapshotSchema, url.pathname);
  return { conversation };
};
