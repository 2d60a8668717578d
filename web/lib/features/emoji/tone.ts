// Skin tones: which emoji have them, and how they are written.

export const TONES = ['', '🏻', '🏼', '🏽', '🏾', '🏿'] as const;
export type Tone = (typeof TONES)[number];

export const isTone = (text: string): text is Tone => TONES.some((tone) => tone === text);

const BASE = /(\p{Emoji_Modifier_Base})\uFE0F?/gu;

/** An emoji of several people has none: there would be one for each. */
export function toned(emoji: string, tone: Tone): string {
  if (tone === '' || emoji.match(BASE)?.length !== 1) return emoji;
  return emoji.replace(BASE, `$1${tone}`);
}
