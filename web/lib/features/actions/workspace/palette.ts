import Search from '@lucide/svelte/icons/search';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const palette: Action = {
  id: 'palette',
  label: m.action_palette,
  icon: Search,
  keys: ['mod+k'],
  how: { dialog: () => import('./Palette.svelte') },
};
