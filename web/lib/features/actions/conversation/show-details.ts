import Info from '@lucide/svelte/icons/info';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const showDetails: Action = {
  id: 'details',
  label: m.action_details,
  icon: Info,
  keys: ['i'],
  blocked: ({ workspace }) => (workspace.opened ? null : m.blocked_nothing_open()),
  quick: () => 'menu',
  how: { perform: ({ details }) => details.toggle() },
};
