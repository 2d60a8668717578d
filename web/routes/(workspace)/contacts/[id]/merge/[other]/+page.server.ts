import { redirect } from '@sveltejs/kit';
import { contactBody } from '#shared/contact/contact.ts';
import { load as loadFrom } from '#web/lib/load.ts';
import { m } from '#messages/compiled/messages.js';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, params, url }) => {
  const contactAt = (id: string) =>
    loadFrom(fetch, `/api/contacts/${encodeURIComponent(id)}`, contactBody, url.pathname);
  const [target, source] = await Promise.all([contactAt(params.id), contactAt(params.other)]);
  // They are one already.
  if (target.contactId === source.contactId) redirect(303, `/contacts/${target.contactId}`);
  return { title: m.contacts_merge_title(), target, source };
};
