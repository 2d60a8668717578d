import BookUser from '@lucide/svelte/icons/book-user';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const contacts: Action = {
  id: 'contacts',
  label: m.action_contacts,
  icon: BookUser,
  keys: ['b'],
  how: { perform: (context) => context.go('/contacts') },
};
