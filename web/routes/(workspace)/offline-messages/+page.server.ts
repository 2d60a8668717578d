import * as v from 'valibot';
import { offlineMessageBody } from '#shared/api.ts';
import { load as loadFrom } from '#web/lib/load.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, url }) => ({
  messages: await loadFrom(
    fetch,
    '/api/offline-messages',
    v.array(offlineMessageBody),
    url.pathname,
  ),
});
