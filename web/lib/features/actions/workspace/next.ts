import ArrowDown from '@lucide/svelte/icons/arrow-down';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';
import { goToNeighbour } from './neighbour.ts';

export const next: Action = {
  id: 'next',
  label: m.action_next,
  icon: ArrowDown,
  keys: ['j', 'alt+arrowdown'],
  how: { perform: (context) => goToNeighbour(context, 1) },
};
