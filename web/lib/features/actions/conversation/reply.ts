import PenLine from '@lucide/svelte/icons/pen-line';
import { textBody } from '#shared/conversation/body.ts';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const reply: Action = {
  id: 'reply',
  label: m.action_reply,
  icon: PenLine,
  keys: ['r'],
  command: () => ({ type: 'message.send', body: textBody('.') }),
  how: { perform: () => document.getElementById('composer')?.focus() },
};
