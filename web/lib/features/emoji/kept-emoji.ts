// What this browser remembers: the emoji that were used last, and the skin tone.

import * as v from 'valibot';
import { isTone, type Tone } from './tone.ts';

const KEY = 'parley-emoji';
const MOST_RECENT = 24;

const keptSchema = v.object({
  /** Without their skin tones, the last first. */
  recent: v.pipe(v.array(v.string()), v.maxLength(MOST_RECENT)),
  tone: v.custom<Tone>((tone) => typeof tone === 'string' && isTone(tone)),
});
type Kept = v.InferOutput<typeof keptSchema>;

const NOTHING: Kept = { recent: [], tone: '' };

export function keptEmoji(): Kept {
  try {
    const kept = v.safeParse(keptSchema, JSON.parse(localStorage.getItem(KEY) ?? 'null'));
    return kept.success ? kept.output : NOTHING;
  } catch {
    return NOTHING;
  }
}

export function rememberEmoji(emoji: string): void {
  const { recent, tone } = keptEmoji();
  keep({ recent: withFirst(recent, emoji), tone });
}

export const rememberTone = (tone: Tone): void => keep({ ...keptEmoji(), tone });

export const withFirst = (recent: readonly string[], emoji: string): string[] =>
  [emoji, ...recent.filter((one) => one !== emoji)].slice(0, MOST_RECENT);

function keep(kept: Kept): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing forgets them.
  }
}
