import List from '@lucide/svelte/icons/list';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const allConversations: Action = {
  id: 'conversations',
  label: m.action_conversations,
  synonyms: m.synonyms_conversations,
  icon: List,
  keys: ['x'],
  how: { perform: (context) => context.go('/conversations') },
};
