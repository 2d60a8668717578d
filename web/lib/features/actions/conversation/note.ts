import { tick } from 'svelte';
import NotebookPen from '@lucide/svelte/icons/notebook-pen';
import { textBody } from '#shared/conversation/body.ts';
import { m } from '#messages/compiled/messages.js';
import type { Action } from '../action.ts';
import { NOTE_KEYS } from './note-keys.ts';

export const note: Action = {
  id: 'note',
  label: m.action_note,
  synonyms: m.action_note_synonyms,
  icon: NotebookPen,
  keys: [NOTE_KEYS.anywhere, NOTE_KEYS.inText],
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
