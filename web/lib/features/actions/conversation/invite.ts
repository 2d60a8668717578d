import UserPlus from '@lucide/svelte/icons/user-plus';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';
import { SOMEONE } from '../preview-action.ts';

export const invite: Action = {
  id: 'invite',
  label: m.action_invite,
  icon: UserPlus,
  keys: ['v'],
  command: () => ({ type: 'agent.invite', agentId: SOMEONE }),
  quick: ({ status, role }) =>
    role === 'helping' && (status === 'serving' || status === 'held') ? 'front' : 'menu',
  how: { dialog: () => import('./InviteDialog.svelte') },
};
