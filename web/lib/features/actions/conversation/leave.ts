import DoorOpen from '@lucide/svelte/icons/door-open';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const leave: Action = {
  id: 'leave',
  label: m.action_leave,
  icon: DoorOpen,
  keys: ['l'],
  command: () => ({ type: 'conversation.leave' }),
  quick({ status, role }) {
    if (role !== 'helping') return null;
    return status === 'serving' || status === 'held' ? 'front' : 'menu';
  },
  how: {
    question: ({ state }) => ({
      title: m.leave_title({ name: state.visitor.name }),
      description: m.leave_description({
        agent: state.status === 'queued' ? '' : (state.agent?.name ?? ''),
      }),
      submit: m.leave_confirm(),
      command: { type: 'conversation.leave' },
      done: m.notice_left(),
    }),
  },
};
