import { redirect } from '@sveltejs/kit';
import { returnPath } from '#web/lib/features/session/return-path.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const to = returnPath(url.searchParams.get('to'), url.origin);
  if ((await fetch('/api/me')).ok) redirect(303, to);
  return { to, isSignedOut: url.searchParams.get('why') === 'signed-out' };
};
