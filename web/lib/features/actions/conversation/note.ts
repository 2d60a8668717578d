import { tick } from 'svelte';
import NotebookPen from '@lucide/svelte/icons/notebook-pen';
import { textBody } from '#shared/conversation/body.ts';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';

export const note: Action = {
  id: 'note',
  label: m.action_note,
  synonyms: m.action_note_synonyms,
  icon: NotebookPen,
  keys: ['o', 'mod+o'],
  command: () => ({ type: 'note.add', body: textBody('.'), mentions: [] }),
  quick: ({ status }) => (status === 'closed' ? null : 'menu'),
  how: {
    perform({ workspace }) {
      const { opened } = workspace;
      if (!opened) return;
      workspace.modes.toggle(opened.id);
      void tick().then(() => document.getElementById('composer')?.focus());
    },
  },
};
