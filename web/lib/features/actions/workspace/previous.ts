import ArrowUp from '@lucide/svelte/icons/arrow-up';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';
import { goToNeighbour } from './neighbour.ts';

export const previous: Action = {
  id: 'previous',
  label: m.action_previous,
  icon: ArrowUp,
  keys: ['k', 'alt+arrowup'],
  how: { perform: (context) => goToNeighbour(context, -1) },
};
