import CirclePause from '@lucide/svelte/icons/circle-pause';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const hold: Action = {
  id: 'hold',
  label: m.action_hold,
  synonyms: m.synonyms_hold,
  icon: CirclePause,
  keys: ['h'],
  command: () => ({ type: 'conversation.hold' }),
  quick({ status, role }) {
    // Its place is that of resuming.
    if (status === 'held') return null;
    return status === 'serving' && role !== 'helping' ? 'front' : 'menu';
  },
  how: {
    question({ state: { visitor } }) {
      const { name } = visitor;
      return {
        title: m.hold_title({ name }),
        description: m.hold_description({ name }),
        submit: m.action_hold(),
        command: { type: 'conversation.hold' },
        done: m.notice_held({ name }),
        back: { type: 'conversation.resume' },
      };
    },
  },
};
