// Formatted text from elsewhere, such as a page, a mail or a text document, in the Markdown of messages. Pure, and linear
// in what it looks at, which is bounded.

import { linksIn, visibleText } from '#shared/formatting/visible-text.ts';
import { Blocks, type PastedBlock } from './blocks.ts';
import {
  ELEMENT,
  isBlock,
  isUnseen,
  lookOf,
  PLAIN,
  styleOf,
  TEXT,
  type HtmlNode,
  type Look,
} from './html-node.ts';
import { leadsOf, markdownOfLine, textOf } from './line-markdown.ts';

/** Far more than a message may have. */
const MOST_CHARACTERS = 100_000;
const MOST_NODES = 50_000;
const MOST_DEPTH = 200;
const MOST_NUMBER = 999;
/** Before an item of a list in a text document: how it is numbered. */
const MARKER = /^\s*(?:(\d{1,3})|[a-z]{1,4})[.)]/i;
const MARKER_CHARACTERS = 20;

/** Null where there is no formatting, or too much of everything: then the plain text is taken. */
export function markdownOf(root: HtmlNode): string | null {
  const walk = new Walk();
  if (!walk.into(root, { look: PLAIN, list: null, isQuote: false, isCode: false }, 0)) return null;
  const blocks = walk.blocks.all.map(written).filter(({ plain }) => plain.trim() !== '');
  if (blocks.every(({ text, plain }) => text === plain)) return null;
  const all = blocks
    .map(({ text, block }, place) => {
      const isApart = block.isApart && block.kind === 'text' && place > 0;
      return (isApart ? '\n' : '') + text;
    })
    .join('\n');
  // Blocks that would be read otherwise together than each by itself are not written so.
  const alone = blocks.flatMap(({ text }) => linksIn(text)).join(' ');
  const isReadBack =
    bare(visibleText(all)) === bare(blocks.map(({ seen }) => seen).join('')) &&
    linksIn(all).join(' ') === alone;
  return isReadBack ? all : null;
}

interface Surroundings {
  readonly look: Look;
  /** The list around it, and how its items are counted; null in a list without numbers. */
  readonly list: { next: number | null } | null;
  readonly isQuote: boolean;
  readonly isCode: boolean;
}

class Walk {
  readonly blocks = new Blocks();
  #nodes = 0;
  /** Of a text document's list, whose items are paragraphs. */
  #number = 0;

  /** False when there is too much of it. */
  into(node: HtmlNode, around: Surroundings, depth: number): boolean {
    if (++this.#nodes > MOST_NODES || depth > MOST_DEPTH) return false;
    if (node.nodeType === TEXT) return this.#text(node.nodeValue ?? '', around);
    if (node.nodeType !== ELEMENT) return true;
    const tag = node.nodeName.toLowerCase();
    const style = styleOf(node);
    if (isUnseen(tag, node, style)) return true;
    if (tag === 'br') return this.#break(around);
    if (style.includes('mso-list:ignore')) return this.#marker(node);
    const inside = this.#begin(tag, node, style, around);
    for (const child of node.childNodes) {
      if (!this.into(child, inside, depth + 1)) return false;
    }
    if (isBlock(tag)) this.#end(tag, style);
    else if (tag === 'td' || tag === 'th') this.blocks.add(' ', PLAIN);
    return true;
  }

  #begin(tag: string, node: HtmlNode, style: string, around: Surroundings): Surroundings {
    const { blocks } = this;
    const look = lookOf(tag, node, style, around.look);
    const isCode = around.isCode || tag === 'pre';
    const isQuote = around.isQuote || tag === 'blockquote';
    const list = listIn(tag, node) ?? around.list;
    if (isBlock(tag)) blocks.end();
    if (tag === 'p' && isSpaced(style)) blocks.part();
    if (tag === 'pre') blocks.start({ kind: 'code' });
    else if (isQuote && isBlock(tag)) blocks.start({ kind: 'quote' });
    else if (tag === 'li') this.#item(list);
    else if (style.includes('mso-list:')) blocks.start({ kind: 'bullet' });
    return { look, list, isQuote, isCode };
  }

  #end(tag: string, style: string): void {
    this.blocks.end();
    if ((tag === 'p' && isSpaced(style)) || /^h\d$/.test(tag)) this.blocks.part();
  }

  #item(list: Surroundings['list']): void {
    const number = list?.next ?? null;
    if (list && number !== null) list.next = number + 1;
    if (number === null || number > MOST_NUMBER) this.blocks.start({ kind: 'bullet' });
    else this.blocks.start({ kind: 'number', number });
  }

  #marker(node: HtmlNode): boolean {
    const found = MARKER.exec(textIn(node, MARKER_CHARACTERS));
    if (found && this.blocks.isNew) {
      this.#number = found[1] === undefined ? this.#number + 1 : Number(found[1]);
      this.blocks.start({ kind: 'number', number: Math.max(1, this.#number) });
    }
    return true;
  }

  #break({ isCode }: Surroundings): boolean {
    if (isCode) this.blocks.addCode('\n', PLAIN);
    else this.blocks.breakLine();
    return true;
  }

  #text(text: string, { isCode, look }: Surroundings): boolean {
    if (isCode) this.blocks.addCode(text, PLAIN);
    else this.blocks.add(text.replaceAll(/[\s\u00a0]+/g, ' '), look);
    return this.blocks.characters <= MOST_CHARACTERS;
  }
}

function listIn(tag: string, node: HtmlNode): Surroundings['list'] {
  if (tag === 'ul') return { next: null };
  if (tag !== 'ol') return null;
  const start = Number(node.getAttribute?.('start') ?? 1);
  return { next: Number.isInteger(start) && start > 0 ? start : 1 };
}

/** Whether a paragraph has room around it, as it has unless its style says otherwise. */
const isSpaced = (style: string): boolean => !/margin(?:-bottom)?:\s*0|mso-/.test(style);

/** The beginning of the text in a node. */
function textIn(node: HtmlNode, most: number): string {
  if (node.nodeType === TEXT) return node.nodeValue ?? '';
  let text = '';
  for (const child of node.childNodes) {
    if (text.length >= most) break;
    text += textIn(child, most - text.length);
  }
  return text;
}

interface Written {
  readonly block: PastedBlock;
  /** In Markdown, if that is read as it is meant. */
  readonly text: string;
  readonly plain: string;
  /** What is seen of it. */
  readonly seen: string;
}

function written(block: PastedBlock): Written {
  const plain = textOf(block.runs).trimEnd();
  const text = markdownOfBlock(block, plain);
  const seen = visibleText(text);
  const leads = leadsOf(block.runs);
  const isMeant = bare(seen) === bare(plain) && linksIn(text).every((one) => leads.includes(one));
  return isMeant
    ? { block, text, plain, seen }
    : { ...{ block, text: plain, plain }, seen: visibleText(plain) };
}

const markdownOfBlock = (block: PastedBlock, plain: string): string =>
  block.kind === 'code' ? codeOf(plain) : startOf(block) + markdownOfLine(block.runs).trimEnd();

function startOf(block: PastedBlock): string {
  if (block.kind === 'number') return `${block.number}. `;
  if (block.kind === 'bullet') return '- ';
  return block.kind === 'quote' ? '> ' : '';
}

const codeOf = (text: string): string =>
  text.includes('\n') ? `\`\`\`\n${text}\n\`\`\`` : `\`${text}\``;

const bare = (text: string): string => text.replaceAll(/\s+/g, '');
