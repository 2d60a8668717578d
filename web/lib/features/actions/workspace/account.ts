import CircleUserRound from '@lucide/svelte/icons/circle-user-round';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const account: Action = {
  id: 'account',
  label: m.account_title,
  synonyms: m.synonyms_account,
  icon: CircleUserRound,
  keys: [],
  how: { perform: (context) => context.go('/account') },
};
