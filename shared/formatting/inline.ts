// What stands in a line of a message: texts, links, code, and what is marked as bold, italic or struck out.

import { linkify, linkTo } from './linkify.ts';

export type Mark = 'strong' | 'em' | 'del';

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'link';
      readonly text: string;
      readonly href: string;
      /** Where it leads, when its text does not show that. */
      readonly host: string | null;
    }
  | { readonly kind: Mark; readonly inside: readonly Inline[] };

/** What a mark has begun, until it is closed. */
interface Opened {
  readonly mark: string;
  readonly inside: Inline[];
}

const MARKS: Readonly<Record<string, readonly Mark[]>> = {
  '***': ['strong', 'em'],
  '**': ['strong'],
  '*': ['em'],
  _: ['em'],
  '~~': ['del'],
};
const MARK = /\*{1,3}|_|~~/g;
/** Nothing that a person writes goes deeper, and a component renders each level inside the other. */
const DEPTH = 6;

/** Code, or a link with a text of its own. Each part is bounded, and ends where another could begin. */
const WHOLE = /`([^`\n]{1,2000})`|\[([^[\]\n]{1,200})\]\(([^\s()<>]{1,2000})\)/g;

/** A mark stands beside a word, not in it; but scripts that part no words have no such side. */
const IN_WORD =
  /(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Khmer}\p{sc=Lao}])[\p{L}\p{N}]/u;

/** @param isCut what marks have begun and not closed is taken as closed */
export function inlineOf(text: string, isCut = false): Inline[] {
  const line = new Line(text);
  let end = 0;
  for (const match of text.matchAll(WHOLE)) {
    const whole = wholeOf(match);
    if (!whole) continue;
    addWords(line, text.slice(end, match.index), end);
    line.add(whole);
    end = match.index + match[0].length;
  }
  addWords(line, text.slice(end), end);
  return line.close(isCut);
}

function wholeOf([, code, said, address]: RegExpExecArray): Inline | null {
  if (code !== undefined) return { kind: 'code', text: code };
  const target = linkTo(address ?? '', said ?? '');
  return target && { kind: 'link', text: said ?? '', ...target };
}

/** @param from where they begin in the line */
function addWords(line: Line, words: string, from: number): void {
  let at = from;
  for (const { text, href, host } of linkify(words)) {
    if (href === null) line.addMarked(text, at);
    else line.add({ kind: 'link', text, href, host });
    at += text.length;
  }
}

/** Builds the tree as it reads. Each node is moved once when its mark closes, and once when a mark turns out to be none. */
class Line {
  readonly #text: string;
  readonly #stack: Opened[] = [{ mark: '', inside: [] }];

  constructor(text: string) {
    this.#text = text;
  }

  add(node: Inline): void {
    const inside = this.#stack.at(-1)?.inside;
    const last = inside?.at(-1);
    if (inside && last?.kind === 'text' && node.kind === 'text') {
      inside[inside.length - 1] = { kind: 'text', text: last.text + node.text };
    } else inside?.push(node);
  }

  /** A text in which marks begin and end. */
  addMarked(text: string, from: number): void {
    let end = 0;
    for (const { 0: mark, index } of text.matchAll(MARK)) {
      this.#addText(text.slice(end, index));
      end = index + mark.length;
      const before = this.#text.charAt(from + index - 1);
      const after = this.#text.charAt(from + end);
      if (mayClose(before, after) && this.#closes(mark)) continue;
      if (mayOpen(before, after) && this.#stack.length <= DEPTH)
        this.#stack.push({ mark, inside: [] });
      else this.#addText(mark);
    }
    this.#addText(text.slice(end));
  }

  /** Whatever is still open was no mark, unless the text was cut. */
  close(isCut: boolean): Inline[] {
    this.#unwindTo(1, isCut);
    return this.#stack[0]?.inside ?? [];
  }

  #addText(text: string): void {
    if (text !== '') this.add({ kind: 'text', text });
  }

  #closes(mark: string): boolean {
    const at = this.#stack.findLastIndex((opened) => opened.mark === mark);
    const isEmpty = this.#stack.at(-1)?.inside.length === 0;
    if (at < 1 || isEmpty) return false;
    this.#unwindTo(at + 1);
    const inside = this.#stack.pop()?.inside ?? [];
    const kinds = MARKS[mark] ?? [];
    for (const node of kinds.reduceRight<Inline[]>(
      (within, kind) => [{ kind, inside: within }],
      inside,
    ))
      this.add(node);
    return true;
  }

  /** What is deeper was no mark, but text. */
  #unwindTo(depth: number, isCut = false): void {
    for (const { mark, inside } of this.#stack.splice(depth)) {
      if (!isCut) this.#addText(mark);
      for (const node of inside) this.add(node);
    }
  }
}

const isBlank = (character: string) => character === '' || /\s/.test(character);

/** Whether a character is of a word, beside which no mark begins or ends on that side. */
export const isInWord = (character: string): boolean => IN_WORD.test(character);

const mayOpen = (before: string, after: string): boolean => !isBlank(after) && !isInWord(before);

const mayClose = (before: string, after: string): boolean => !isBlank(before) && !isInWord(after);
