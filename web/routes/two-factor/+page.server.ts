import { redirect } from '@sveltejs/kit';
import { securityBody } from '#shared/account/api.ts';
import { returnPath } from '#web/lib/features/session/return-path.ts';
import { load as loadFrom } from '#web/lib/load.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const to = returnPath(url.searchParams.get('to'), url.origin);
  const security = await loadFrom(fetch, '/api/me/security', securityBody, to);
  const { isOn, isRequired } = security.twoFactor;
  if (isOn || !isRequired) redirect(303, to);
  return { to };
};
