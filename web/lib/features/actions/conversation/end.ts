import CircleX from '@lucide/svelte/icons/circle-x';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const end: Action = {
  id: 'end',
  label: m.action_end,
  synonyms: m.synonyms_end,
  icon: CircleX,
  keys: ['e'],
  command: ({ tags }) => ({ type: 'conversation.end', comment: '.', tags: tags.slice(0, 1) }),
  quick({ status, role }) {
    // Who helps leaves instead, in the same place.
    if (role === 'helping') return null;
    return status === 'serving' || status === 'held' ? 'front' : 'menu';
  },
  how: { dialog: () => import('./EndDialog.svelte') },
};
