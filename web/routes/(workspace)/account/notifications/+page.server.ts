import { pushBody } from '#shared/alerts/push.ts';
import { load as loadFrom } from '#web/lib/load.ts';
import { m } from '#messages/compiled/messages.js';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, url }) => ({
  title: m.alerts_title(),
  push: await loadFrom(fetch, '/api/push', pushBody, url.pathname),
});
