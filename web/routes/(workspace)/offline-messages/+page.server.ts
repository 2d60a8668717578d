import { offlineMessagesBody } from '#shared/api.ts';
import { load as loadFrom } from '#web/lib/load.ts';
import { m } from '#messages/compiled/messages.js';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const after = url.searchParams.get('after');
  const query = after === null ? '' : `?${new URLSearchParams({ after })}`;
  const path = `/api/offline-messages${query}`;
  return {
    title: m.offline_messages_title(),
    ...(await loadFrom(fetch, path, offlineMessagesBody, url.pathname)),
    isFirst: after === null,
  };
};
