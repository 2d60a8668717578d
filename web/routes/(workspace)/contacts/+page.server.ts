import { contactListBody } from '#shared/contact/directory.ts';
import { directoryQuery, exportQuery } from '#web/lib/features/contacts/directory-address.ts';
import { load as loadFrom } from '#web/lib/load.ts';
import { knownTimeZone, TIME_ZONE_COOKIE } from '#web/lib/ui/time-zone.ts';
import { m } from '#messages/compiled/messages.js';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ fetch, url, cookies }) => {
  const timeZone = knownTimeZone(cookies.get(TIME_ZONE_COOKIE));
  const query = directoryQuery(url.searchParams, timeZone);
  return {
    title: m.contacts_title(),
    list: await loadFrom(fetch, `/api/contacts?${query}`, contactListBody, url.pathname),
    exported: `/api/contacts/export?${exportQuery(url.searchParams, timeZone)}`,
  };
};
