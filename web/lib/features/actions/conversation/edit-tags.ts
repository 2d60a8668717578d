import TagIcon from '@lucide/svelte/icons/tag';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const editTags: Action = {
  id: 'tags',
  label: m.action_tags,
  icon: TagIcon,
  keys: ['mod+.', '#'],
  command: () => ({ type: 'details.set' }),
  blocked: ({ workspace }) => (workspace.settings.tags.length === 0 ? m.blocked_no_tags() : null),
  how: { dialog: () => import('./TagDialog.svelte') },
};
