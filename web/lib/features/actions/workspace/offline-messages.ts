import Mail from '@lucide/svelte/icons/mail';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const offlineMessages: Action = {
  id: 'messages',
  label: m.action_messages,
  icon: Mail,
  keys: ['m'],
  blocked: ({ workspace }) => (workspace.departments.length > 0 ? null : m.blocked_no_department()),
  how: { perform: (context) => context.go('/offline-messages') },
};
