import BellRing from '@lucide/svelte/icons/bell-ring';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const alerts: Action = {
  id: 'alerts',
  label: m.action_alerts,
  synonyms: m.action_alerts_synonyms,
  icon: BellRing,
  keys: [],
  how: { perform: (context) => context.go('/account/notifications') },
};
