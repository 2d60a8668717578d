import ListRestart from '@lucide/svelte/icons/list-restart';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const requeue: Action = {
  id: 'requeue',
  label: m.action_requeue,
  synonyms: m.synonyms_requeue,
  icon: ListRestart,
  keys: ['q'],
  command: () => ({ type: 'conversation.requeue' }),
  quick: () => 'menu',
  how: {
    question({ state }, { names }) {
      const department = names.department(state.departmentId);
      return {
        title: m.requeue_title({ name: state.visitor.name }),
        description: m.requeue_description({ department }),
        submit: m.action_requeue(),
        command: { type: 'conversation.requeue' },
        done: m.notice_requeued({ department }),
        back: { type: 'conversation.take' },
      };
    },
  },
};
