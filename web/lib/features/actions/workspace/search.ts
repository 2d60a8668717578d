import ScanSearch from '@lucide/svelte/icons/scan-search';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const search: Action = {
  id: 'search',
  label: m.action_search,
  synonyms: m.synonyms_search,
  icon: ScanSearch,
  keys: ['mod+/'],
  how: { perform: (context) => context.go('/search') },
};
