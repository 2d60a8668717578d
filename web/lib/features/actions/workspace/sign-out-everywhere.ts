import MonitorOff from '@lucide/svelte/icons/monitor-off';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const signOutEverywhere: Action = {
  id: 'signOutEverywhere',
  label: m.action_sign_out_everywhere,
  icon: MonitorOff,
  keys: [],
  how: { dialog: () => import('./SignOutEverywhereDialog.svelte') },
};
