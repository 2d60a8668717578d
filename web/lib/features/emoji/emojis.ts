// All emoji, and the search in them by name. It is large, so it loads when it is first needed.

import { gemoji } from 'gemoji';

export interface Emoji {
  readonly emoji: string;
  /** As it is typed between colons; the first is the usual one. */
  readonly names: readonly string[];
  readonly description: string;
  readonly category: string;
  readonly tags: readonly string[];
}

export interface EmojiGroup {
  readonly category: string;
  readonly emojis: readonly Emoji[];
}

const ALL: readonly Emoji[] = gemoji;
const BY_NAME = new Map(ALL.flatMap((one) => one.names.map((name) => [name, one] as const)));
const BY_EMOJI = new Map(ALL.map((one) => [one.emoji, one]));

export const emojiNamed = (name: string): Emoji | undefined => BY_NAME.get(name);

/** Those that there are. */
export const emojisOf = (written: readonly string[]): Emoji[] =>
  written.flatMap((emoji) => BY_EMOJI.get(emoji) ?? []);

export function groups(): EmojiGroup[] {
  const byCategory = Map.groupBy(ALL, ({ category }) => category);
  return [...byCategory].map(([category, emojis]) => ({ category, emojis }));
}

/** By the beginnings of names and of their parts, the best first. @param recent come before others of their kind */
export const namedLike = (typed: string, recent: readonly string[]): Emoji[] =>
  ranked(recent, typed, (one) => nameScore(one, typed));

/** By names, descriptions and tags. */
export function search(typed: string, recent: readonly string[]): Emoji[] {
  const words = typed
    .toLowerCase()
    .split(/[\s_:]+/)
    .filter((word) => word !== '');
  const name = words.join('_');
  return ranked(recent, name, (one) => nameScore(one, name) || wordScore(one, words));
}

/** Of a kind, those that were used last come first, then those with short names. */
function ranked(recent: readonly string[], name: string, scoreOf: (one: Emoji) => number): Emoji[] {
  return ALL.map((one) => ({ one, score: scoreOf(one), isRecent: recent.includes(one.emoji) }))
    .filter(({ score }) => score > 0)
    .map((found) => ({ ...found, length: nameLength(found.one, name) }))
    .sort(
      (a, b) => b.score - a.score || Number(b.isRecent) - Number(a.isRecent) || a.length - b.length,
    )
    .map(({ one }) => one);
}

const nameLength = ({ names }: Emoji, typed: string): number =>
  Math.min(...names.map((name) => name.length + (name.startsWith(typed) ? 0 : 100)));

function nameScore({ names }: Emoji, typed: string): number {
  if (names.includes(typed)) return 4;
  if (names.some((name) => name.startsWith(typed))) return 3;
  return names.some((name) => name.includes(`_${typed}`)) ? 2 : 0;
}

function wordScore({ names, description, tags }: Emoji, words: readonly string[]): number {
  const all = ` ${[...names, description.toLowerCase(), ...tags].join(' ').replaceAll('_', ' ')}`;
  return words.every((word) => all.includes(` ${word}`)) ? 1 : 0;
}
