import { m } from '#messages/compiled/messages.js';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = () => ({ title: m.contacts_new() });
