import MessageCircleMore from '@lucide/svelte/icons/message-circle-more';
import { m } from '#messages/compiled/messages.js';
import type { Action, ActionContext } from '../action.ts';
import { nextOf } from './neighbour.ts';

const nextIn = ({ workspace: { inProgress, opened } }: ActionContext) =>
  nextOf(inProgress, opened, ({ unread }) => unread > 0);

export const nextUnread: Action = {
  id: 'unread',
  label: m.action_next_unread,
  icon: MessageCircleMore,
  keys: ['n'],
  blocked: (context) => (nextIn(context) ? null : m.blocked_nothing_unread()),
  how: {
    perform(context) {
      const next = nextIn(context);
      if (next) context.go(`/inbox/${next.id}`);
    },
  },
};
