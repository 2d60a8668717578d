// Collects the text of a page in blocks: lines, items of lists, quotes and code.

import type { Look } from './html-node.ts';
import type { Run } from './line-markdown.ts';

export type BlockStart =
  | { readonly kind: 'text' | 'bullet' | 'quote' | 'code' }
  | { readonly kind: 'number'; readonly number: number };

export type PastedBlock = BlockStart & {
  readonly runs: Run[];
  /** Whether it stands apart from the block before. */
  readonly isApart: boolean;
};

export class Blocks {
  readonly all: PastedBlock[] = [];
  #open: PastedBlock | null = null;
  #next: BlockStart = { kind: 'text' };
  #isApart = false;
  characters = 0;

  /** What the next text begins. */
  start(next: BlockStart): void {
    this.end();
    this.#next = next;
  }

  end(): void {
    if (this.#open) this.#next = { kind: 'text' };
    this.#open = null;
  }

  /** What comes next stands apart from what was before. */
  part(): void {
    this.end();
    this.#isApart = true;
  }

  /** Nothing has been written yet in the block that was started. */
  get isNew(): boolean {
    return this.#open === null;
  }

  add(text: string, look: Look): void {
    this.characters += text.length;
    const said = this.#open ? joined(this.#open, text) : text.trimStart();
    if (said === '') return;
    this.#run(said, look);
  }

  /** As it is written, with its lines. */
  addCode(text: string, look: Look): void {
    this.characters += text.length;
    if (text !== '') this.#run(text, look);
  }

  /** A new line in the same kind of block. */
  breakLine(): void {
    const kind = this.#open?.kind;
    if (!this.#open && this.#next.kind === 'text') this.#isApart = this.all.length > 0;
    this.end();
    if (kind === 'quote') this.#next = { kind };
  }

  #run(text: string, look: Look): void {
    this.#open ??= this.#begin();
    const { runs } = this.#open;
    const last = runs.at(-1);
    if (last && isAlike(last.look, look)) {
      runs[runs.length - 1] = { text: last.text + text, look: last.look };
    } else runs.push({ text, look });
  }

  #begin(): PastedBlock {
    const block = { ...this.#next, runs: [], isApart: this.#isApart };
    this.#isApart = false;
    this.all.push(block);
    return block;
  }
}

/** Blanks beside each other are one. */
const joined = ({ runs }: PastedBlock, text: string): string =>
  runs.at(-1)?.text.endsWith(' ') ? text.replace(/^ +/, '') : text;

/** A link is one, however its parts look. */
const isAlike = (one: Look, other: Look): boolean =>
  one.href !== null || other.href !== null
    ? one.href === other.href
    : one.bold === other.bold &&
      one.italic === other.italic &&
      one.strike === other.strike &&
      one.code === other.code;
