import { m } from '#messages/compiled/messages.js';
import type { LayoutServerLoad } from './$types.js';

export const load: LayoutServerLoad = () => ({ title: m.account_title() });
