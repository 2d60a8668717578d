import Undo2 from '@lucide/svelte/icons/undo-2';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const undo: Action = {
  id: 'undo',
  label: m.action_undo,
  icon: Undo2,
  keys: ['z'],
  blocked: ({ canUndo }) => (canUndo ? null : m.blocked_nothing_to_undo()),
  how: { perform: (context) => context.undo() },
};
