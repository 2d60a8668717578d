// The subset of Markdown that messages are written in: bold, italic, strike, code, links, lists, quotes. It makes a
// tree that components render as elements, never as HTML. Linear in the text; marks that close nothing stay as written.

import { inlineOf, type Inline } from './inline.ts';

export type Block =
  | { readonly kind: 'text'; readonly inside: readonly Inline[] }
  | { readonly kind: 'quote'; readonly inside: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'list'; readonly start: number | null; readonly items: readonly Inline[][] };

const FENCE = '```';
const LINE_STARTS = {
  quote: /^> ?/,
  bullet: /^[-*•] (?=\S)/,
  number: /^\d{1,3}[.)] (?=\S)/,
} as const;
type LineKind = keyof typeof LINE_STARTS | 'fence' | 'text';

/**
 * What stands one under the other.
 * @param isCut of a text that goes on: what marks have begun and not closed is taken as closed
 */
export function blocksOf(text: string, isCut = false): Block[] {
  const lines = text.split('\n');
  const lastFence = lines.lastIndexOf(FENCE);
  const kinds = lines.map((line, at) => kindOf(line, at < lastFence));
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const kind = kinds[at] ?? 'text';
    if (kind === 'fence') {
      const end = lines.indexOf(FENCE, at + 1);
      blocks.push({ kind: 'code', text: lines.slice(at + 1, end).join('\n') });
      at = end + 1;
      continue;
    }
    const from = at;
    while (at < lines.length && kinds[at] === kind) at++;
    blocks.push(blockOf(kind, lines.slice(from, at), isCut));
  }
  return blocks;
}

/** @param mayOpen whether a fence that begins here is closed further down */
function kindOf(line: string, mayOpen: boolean): LineKind {
  if (mayOpen && /^```\w{0,20}$/.test(line)) return 'fence';
  if (LINE_STARTS.quote.test(line)) return 'quote';
  if (LINE_STARTS.bullet.test(line)) return 'bullet';
  return LINE_STARTS.number.test(line) ? 'number' : 'text';
}

function blockOf(
  kind: Exclude<LineKind, 'fence'>,
  lines: readonly string[],
  isCut: boolean,
): Block {
  if (kind === 'text') return { kind, inside: inlineOf(lines.join('\n'), isCut) };
  const contents = lines.map((line) => line.replace(LINE_STARTS[kind], ''));
  if (kind === 'quote') return { kind, inside: inlineOf(contents.join('\n'), isCut) };
  const start = kind === 'number' ? parseInt(lines[0] ?? '', 10) : null;
  return { kind: 'list', start, items: contents.map((content) => inlineOf(content, isCut)) };
}
