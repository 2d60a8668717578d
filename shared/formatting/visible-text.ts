// What is read of a message: its text without the marks that format it.

import { blocksOf, type Block } from './formatting.ts';
import type { Inline } from './inline.ts';

/**
 * As many lines as the text has blocks and items.
 * @param isCut marks may be closed in a part that is missing
 */
export const visibleText = (text: string, isCut = false): string =>
  blocksOf(text, isCut).map(blockText).join('\n');

function blockText(block: Block): string {
  if (block.kind === 'code') return block.text;
  if (block.kind === 'list') return block.items.map(inlineText).join('\n');
  return inlineText(block.inside);
}

const inlineText = (nodes: readonly Inline[]): string =>
  nodes.map((node) => ('inside' in node ? inlineText(node.inside) : node.text)).join('');

/** Where its links lead. */
export const linksIn = (text: string): string[] => blocksOf(text).flatMap(blockLinks);

function blockLinks(block: Block): string[] {
  if (block.kind === 'code') return [];
  return block.kind === 'list' ? block.items.flatMap(inlineLinks) : inlineLinks(block.inside);
}

const inlineLinks = (nodes: readonly Inline[]): string[] =>
  nodes.flatMap((node) => {
    if (node.kind === 'link') return [node.href];
    return 'inside' in node ? inlineLinks(node.inside) : [];
  });
