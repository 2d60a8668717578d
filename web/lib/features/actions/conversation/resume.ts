import CirclePlay from '@lucide/svelte/icons/circle-play';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const resume: Action = {
  id: 'resume',
  label: m.action_resume,
  icon: CirclePlay,
  keys: ['u'],
  command: () => ({ type: 'conversation.resume' }),
  quick({ status, role }) {
    if (status !== 'held') return null;
    return role === 'helping' ? 'menu' : 'front';
  },
  how: {
    perform: (context) =>
      context.askOpened({ type: 'conversation.resume' }, (name) => m.notice_resumed({ name })),
  },
};
