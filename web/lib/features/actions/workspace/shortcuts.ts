import Keyboard from '@lucide/svelte/icons/keyboard';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const shortcuts: Action = {
  id: 'shortcuts',
  label: m.action_shortcuts,
  icon: Keyboard,
  keys: ['?'],
  how: { dialog: () => import('./ShortcutsDialog.svelte') },
};
