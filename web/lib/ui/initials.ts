// Stand-ins for a picture: two letters, and a hue that stays the same for the same name.

import { firstCharacter } from '#shared/text.ts';

export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  const letters = chosen.map((word) => firstCharacter(word ?? ''));
  return letters.join('').toLocaleUpperCase() || '?';
}

export function hueOf(name: string): number {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return (hash % 12) * 30;
}
