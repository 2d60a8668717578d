import SquarePen from '@lucide/svelte/icons/square-pen';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const editDetails: Action = {
  id: 'edit',
  label: m.action_edit,
  synonyms: m.synonyms_edit,
  icon: SquarePen,
  keys: ['d'],
  command: () => ({ type: 'details.set' }),
  how: { perform: ({ panel }) => panel.edit('details') },
};
