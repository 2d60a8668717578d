import AlarmClock from '@lucide/svelte/icons/alarm-clock';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const holdUntil: Action = {
  id: 'hold-until',
  label: m.action_hold_until,
  synonyms: m.synonyms_hold_until,
  icon: AlarmClock,
  keys: ['s'],
  command: () => ({ type: 'conversation.hold' }),
  how: { dialog: () => import('./HoldUntilDialog.svelte') },
};
