import Hand from '@lucide/svelte/icons/hand';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const take: Action = {
  id: 'take',
  label: m.action_take,
  synonyms: m.synonyms_take,
  icon: Hand,
  keys: ['t'],
  command: () => ({ type: 'conversation.take' }),
  blocked({ workspace }) {
    const role = workspace.opened && workspace.roleIn(workspace.opened);
    return role === 'serving' || role === 'on-hold' ? m.blocked_already_yours() : null;
  },
  quick: ({ status }) => (status === 'queued' ? 'front' : 'menu'),
  how: {
    perform: (context) =>
      context.askOpened({ type: 'conversation.take' }, (name) => m.notice_taken({ name })),
  },
};
