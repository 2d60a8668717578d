import Forward from '@lucide/svelte/icons/forward';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';
import { SOMEONE } from '../preview-action.ts';

export const forward: Action = {
  id: 'forward',
  label: m.action_forward,
  synonyms: m.synonyms_forward,
  icon: Forward,
  keys: ['f'],
  command: () => ({
    type: 'conversation.forward',
    to: { kind: 'agent', agentId: SOMEONE },
    comment: null,
  }),
  quick: ({ status, role }) =>
    status === 'queued' || (status !== 'closed' && role !== 'helping') ? 'front' : 'menu',
  how: { dialog: () => import('./ForwardDialog.svelte') },
};
