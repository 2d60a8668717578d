import Inbox from '@lucide/svelte/icons/inbox';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const inbox: Action = {
  id: 'inbox',
  label: m.action_inbox,
  icon: Inbox,
  keys: ['g'],
  how: { perform: (context) => context.go('/inbox') },
};
