import { tick } from 'svelte';
import MessageSquareReply from '@lucide/svelte/icons/message-square-reply';
import { m } from '#messages/compiled/messages.js';
import { focusLastMessage } from '../../thread/message-focus.ts';
import type { Action } from '../action.ts';

/** Gives the last message the focus, where it can be answered, changed and deleted by keys. */
export const messages: Action = {
  id: 'select',
  label: m.action_messages,
  icon: MessageSquareReply,
  keys: ['p'],
  blocked: ({ workspace }) =>
    workspace.opened || workspace.directChats.opened ? null : m.blocked_nothing_open(),
  how: { perform: () => void tick().then(focusLastMessage) },
};
