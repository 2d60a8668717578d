import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, params, setHeaders }) => {
  // The address is a secret until it has been used.
  setHeaders({ 'referrer-policy': 'no-referrer' });
  const { ok } = await fetch(`/api/password-resets/${encodeURIComponent(params.token)}`);
  return { token: params.token, isGood: ok };
};
