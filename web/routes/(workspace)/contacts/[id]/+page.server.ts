import { redirect } from '@sveltejs/kit';
import { contactBody, pastConversationsBody } from '#shared/contact/contact.ts';
import { duplicatesBody, mergesBody } from '#shared/contact/merge.ts';
import { load as loadFrom } from '#web/lib/load.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, params, url }) => {
  const path = `/api/contacts/${encodeURIComponent(params.id)}`;
  const here = url.pathname;
  const contact = await loadFrom(fetch, path, contactBody, here);
  // They have become part of another contact.
  if (contact.contactId !== params.id) redirect(303, `/contacts/${contact.contactId}`);
  const [{ conversations }, { duplicates }, { merges }] = await Promise.all([
    loadFrom(fetch, `${path}/conversations`, pastConversationsBody, here),
    loadFrom(fetch, `${path}/duplicates`, duplicatesBody, here),
    loadFrom(fetch, `${path}/merges`, mergesBody, here),
  ]);
  return { title: contact.name, contact, conversations, duplicates, merges };
};
