// What the search stores of a conversation: parts of what was said, each as one document.

import * as v from 'valibot';
import { authorSchema, type Author } from '#shared/identity.ts';
import type { Said } from './said.ts';
import { wordsIn } from './words.ts';

const MOST_SAID = 50;
const MOST_CHARACTERS = 16_000;
/** From its first message to its last, so that its own time tells what of a span of time it can hold. */
export const MOST_MS = 3_600_000;

/** What was said, in order, in parts that are each no empty list. */
export function partsOf(said: readonly Said[]): Said[][] {
  const parts: Said[][] = [];
  let characters = 0;
  for (const one of said) {
    const part = parts.at(-1);
    characters += one.text.length;
    const [first] = part ?? [];
    const fits =
      part && first && part.length < MOST_SAID && one.at - first.at < MOST_MS && one.at >= first.at;
    if (fits && characters <= MOST_CHARACTERS) part.push(one);
    else {
      parts.push([one]);
      characters = one.text.length;
    }
  }
  return parts;
}

/** Ids of one millisecond. Until the year 2109 they are numbers that JSON keeps. */
const IDS_PER_MS = 2 ** 11;

/** The first id that a document can have whose last message is of that time. */
export const firstIdAt = (at: number): number => at * IDS_PER_MS;

/**
 * An id for each part: they grow with time, and no other conversation is likely to have the same.
 * @param random from 0 to below 1
 */
export function documentIdsOf(parts: readonly (readonly Said[])[], random: number): number[] {
  const start = Math.floor(random * (IDS_PER_MS - Math.min(parts.length, IDS_PER_MS - 1)));
  return parts.map((part, place) => firstIdAt(part.at(-1)?.at ?? 0) + start + place);
}

/** The authors, and what each has said: seq, time, author, whether it is a note, text. */
const messagesSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.tuple([
    v.array(authorSchema),
    v.array(v.tuple([v.number(), v.number(), v.number(), v.picklist([0, 1]), v.string()])),
  ]),
);

/** The words that it is found by, and what is read of it then: in few bytes, since there are very many. */
export function stored(part: readonly Said[]): { words: string; messages: string } {
  const authors = new Map<string, number>();
  const lines = part.map(({ seq, at, by, isNote, text }) => {
    const author = JSON.stringify(by);
    if (!authors.has(author)) authors.set(author, authors.size);
    return [seq, at, authors.get(author), isNote ? 1 : 0, text];
  });
  return {
    words: part.flatMap(({ text }) => wordsIn(text).map((word) => word.text)).join(' '),
    messages: `[[${[...authors.keys()].join()}],${JSON.stringify(lines)}]`,
  };
}

export function readMessages(messages: string): Said[] {
  const [authors, lines] = v.parse(messagesSchema, messages);
  return lines.map(([seq, at, author, isNote, text]) => {
    const by: Author = authors[author] ?? { kind: 'system' };
    return { seq, at, by, isNote: isNote === 1, text };
  });
}
