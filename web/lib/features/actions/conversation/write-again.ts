import MessageSquarePlus from '@lucide/svelte/icons/message-square-plus';
import { m } from '#messages/compiled/messages.js';
import type { Action, ActionContext } from '../action.ts';

/** After the end, the next conversation is the agent's to begin. What others decide, the server says. */
function blocked({ workspace }: ActionContext): string | null {
  const state = workspace.opened?.state;
  const { permissions, departments } = workspace.me;
  if (!state || state.status === 'new') return m.blocked_nothing_open();
  if (state.status !== 'closed') return m.refusal_conversation_not_closed();
  if (state.nextId !== null) return m.blocked_goes_on();
  if (!permissions.includes('conversation.take')) return m.refusal_permission_missing();
  return departments.includes(state.departmentId) ? null : m.refusal_department_not_yours();
}

export const writeAgain: Action = {
  id: 'write-again',
  label: m.action_write_again,
  synonyms: m.synonyms_write_again,
  icon: MessageSquarePlus,
  keys: ['w'],
  blocked,
  quick: ({ status }) => (status === 'closed' ? 'front' : null),
  how: { dialog: () => import('./WriteAgainDialog.svelte') },
};
