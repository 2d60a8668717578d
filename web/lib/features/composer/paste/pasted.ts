// What is pasted from elsewhere, read without running or loading anything of it.

import { markdownOf } from './markdown.ts';

const MOST_CHARACTERS = 1_000_000;
const MOST_TAGS = 20_000;
/** A parser repeats what formats a text in each paragraph, as long as it is not closed. */
const MOST_OPEN = 50;
const TAG = /<(\/?)([a-z][a-z0-9]{0,20})/gi;
const FORMATS = new Set([
  ...['a', 'b', 'big', 'code', 'em', 'font', 'i', 'nobr', 's', 'small', 'strike', 'strong', 'tt'],
  ...['u'],
]);

/** In the Markdown of messages; null: the plain text is to be taken. */
export function pastedMarkdown(html: string): string | null {
  if (!isModest(html)) return null;
  return markdownOf(new DOMParser().parseFromString(html, 'text/html').body);
}

/** Whether a parser is done with it at once. */
export function isModest(html: string): boolean {
  if (html.length > MOST_CHARACTERS) return false;
  const open = new Map<string, number>();
  let [tags, opened] = [0, 0];
  for (const [, close, tag = ''] of html.matchAll(TAG)) {
    if (++tags > MOST_TAGS) return false;
    const name = tag.toLowerCase();
    if (!FORMATS.has(name)) continue;
    const depth = open.get(name) ?? 0;
    if (close !== '' && depth === 0) continue;
    const step = close === '' ? 1 : -1;
    open.set(name, depth + step);
    opened += step;
    if (opened > MOST_OPEN) return false;
  }
  return true;
}
