// What is pasted from elsewhere, read without running or loading anything of it.

import { markdownOf } from './markdown.ts';

const MOST_CHARACTERS = 1_000_000;
const MOST_TAGS = 20_000;
/** A parser takes long for what is nested deeply. */
const MOST_OPEN = 200;
/** It repeats what formats a text in each paragraph, as long as it is not closed. */
const OPEN_FORMAT = 4;
const TAG = /<(\/?)([a-z][a-z0-9]{0,20})/gi;
const FORMATS = new Set([
  ...['a', 'b', 'big', 'code', 'em', 'font', 'i', 'nobr', 's', 'small', 'strike', 'strong', 'tt'],
  ...['u'],
]);
/** What has no end, or ends where the next one begins. */
const UNNESTED = new Set([
  ...['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr'],
  ...['p', 'li', 'td', 'th', 'tr', 'tbody', 'thead', 'tfoot', 'dt', 'dd', 'option'],
]);

/** In the Markdown of messages; null: the plain text is to be taken. */
export function pastedMarkdown(html: string): string | null {
  if (html.length > MOST_CHARACTERS) return null;
  const said = withoutComments(html);
  if (!isModest(said)) return null;
  return markdownOf(new DOMParser().parseFromString(said, 'text/html').body);
}

/** Text documents say in comments what only they understand. */
export function withoutComments(html: string): string {
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    const start = html.indexOf('<!--', at);
    kept.push(html.slice(at, start === -1 ? undefined : start));
    const end = start === -1 ? -1 : html.indexOf('-->', start + 2);
    if (end === -1) return kept.join('');
    at = end + 3;
  }
}

/** Whether a parser is done with it at once. */
export function isModest(html: string): boolean {
  const open = new Map<string, number>();
  let [tags, weight] = [0, 0];
  for (const [, close, tag = ''] of html.matchAll(TAG)) {
    if (++tags > MOST_TAGS) return false;
    const name = tag.toLowerCase();
    if (UNNESTED.has(name)) continue;
    const depth = open.get(name) ?? 0;
    if (close !== '' && depth === 0) continue;
    const step = close === '' ? 1 : -1;
    open.set(name, depth + step);
    weight += step * (FORMATS.has(name) ? OPEN_FORMAT : 1);
    if (weight > MOST_OPEN) return false;
  }
  return true;
}
