import { securityBody, sessionsBody } from '#shared/account/api.ts';
import { load as loadFrom } from '#web/lib/load.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, url, depends }) => {
  depends('account:security');
  const [security, { sessions }] = await Promise.all([
    loadFrom(fetch, '/api/me/security', securityBody, url.pathname),
    loadFrom(fetch, '/api/sessions', sessionsBody, url.pathname),
  ]);
  return { security, sessions };
};
