import SendHorizontal from '@lucide/svelte/icons/send-horizontal';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';
import { end } from './end.ts';

/** Asks what its department requires, if it requires anything; else it ends at once, which can be taken back. */
export const sendAndEnd: Action = {
  id: 'send-and-end',
  label: m.action_send_and_end,
  icon: SendHorizontal,
  keys: ['mod+shift+enter'],
  command: end.command,
  // The reply that would be sent is out of sight then.
  blocked: ({ workspace: { modes, opened } }) =>
    opened && modes.in(opened.id) === 'note' ? m.blocked_note() : null,
  how: { perform: (context) => context.sendAndEnd(end) },
};
