import MessageCircleMore from '@lucide/svelte/icons/message-circle-more';
import { m } from '#messages/compiled/messages.js';
import type { Action, ActionContext } from '../action.ts';
import { nextOf } from './neighbour.ts';

/** The page of the next conversation or direct chat in which something is unread, or that a note calls to. */
function nextIn({ workspace }: ActionContext): string | null {
  const { inProgress, opened, directChats, agent } = workspace;
  const places = [
    ...inProgress.map(({ id, unread }) => ({ path: `/inbox/${id}`, unread })),
    ...agent.mentions.map(({ conversationId: id }) => ({ path: `/inbox/${id}`, unread: 1 })),
    ...directChats.list.map(({ colleague: { id }, unread }) => ({ path: `/direct/${id}`, unread })),
  ];
  const { colleague } = directChats;
  const here = opened ? `/inbox/${opened.id}` : colleague && `/direct/${colleague.agentId}`;
  const unread = new Set(places.filter((one) => one.unread > 0).map(({ path }) => path));
  return nextOf([...new Set(places.map(({ path }) => path))], here, (path) => unread.has(path));
}

export const nextUnread: Action = {
  id: 'unread',
  label: m.action_next_unread,
  icon: MessageCircleMore,
  keys: ['n'],
  blocked: (context) => (nextIn(context) ? null : m.blocked_nothing_unread()),
  how: {
    perform(context) {
      const next = nextIn(context);
      if (next) context.go(next);
    },
  },
};
