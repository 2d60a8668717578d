// What the picker shows: what is looked for, else the emoji that were used last, and then all in their groups.

import { m } from '#messages/compiled/messages.js';
import { rowsOf } from './emoji-grid.ts';
import type { Emoji } from './emojis.ts';
import { groupText } from './group-text.ts';

export interface Section {
  readonly name: string;
  readonly rows: readonly (readonly Emoji[])[];
}

export function sectionsOf(
  { search, groups, emojisOf }: typeof import('./emojis.ts'),
  typed: string,
  recent: readonly string[],
): Section[] {
  const isLooking = typed.trim() !== '';
  const found = isLooking
    ? [{ name: m.emoji_search(), emojis: search(typed, recent) }]
    : [
        { name: m.emoji_recent(), emojis: emojisOf(recent) },
        ...groups().map(({ category, emojis }) => ({ name: groupText(category), emojis })),
      ];
  return found
    .map(({ name, emojis }) => ({ name, rows: rowsOf(emojis) }))
    .filter(({ rows }) => rows.length > 0);
}
