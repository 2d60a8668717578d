// What a search over all conversations answers: the messages themselves, out of the documents that hold them.

import type { SearchHit, SearchOrder } from '#shared/search/bodies.ts';
import { shownOf } from '#shared/search/snippet.ts';
import { findAll, type WantedWord } from '#shared/search/wanted.ts';
import type { Sight } from './conversation-lists.ts';
import { findDocuments, type FoundDocument, type SearchFilter } from './search.ts';

interface Search {
  readonly wanted: readonly WantedWord[];
  readonly sight: Sight;
  readonly filter: SearchFilter;
}

interface Page {
  readonly order: SearchOrder;
  /** `next` of the page before; null for the first. */
  readonly after: number | null;
}

/** A page has about as many: those of one document stay together. */
const HITS = 30;
const DOCUMENTS = 30;
/** A document may have the words in different messages, and an agent may see few of those that are looked at. */
const ROUNDS = 4;

/** A page that is not full may have a next one all the same. */
export async function findHits(
  db: D1Database,
  { wanted, sight, filter }: Search,
  { order, after }: Page,
): Promise<{ hits: SearchHit[]; next: number | null }> {
  const hits: SearchHit[] = [];
  let next = after;
  const isBest = order === 'best';
  for (let round = 0; round < ROUNDS; round++) {
    const skip = isBest ? round * DOCUMENTS : 0;
    const page = { order, limit: DOCUMENTS, skip, after: next };
    const found = await findDocuments(db, wanted, sight, filter, page);
    for (const document of found.documents) {
      hits.push(...hitsIn(document, wanted, filter));
      const isLast = document === found.documents.at(-1);
      if (hits.length >= HITS && !isLast) return { hits, next: isBest ? null : document.id };
    }
    next = found.next;
    const isOver = isBest ? found.documents.length < DOCUMENTS : next === null;
    if (isOver || hits.length >= HITS) break;
  }
  return { hits, next };
}

/** The latest first. */
function hitsIn(
  { said, id: _, ...conversation }: FoundDocument,
  wanted: readonly WantedWord[],
  { since = -Infinity, until = Infinity }: SearchFilter,
): SearchHit[] {
  return said
    .filter(({ at }) => at >= since && at < until)
    .toReversed()
    .flatMap(({ text, ...about }) => {
      const marks = findAll(text, wanted);
      if (!marks) return [];
      return [{ ...conversation, ...about, ...shownOf(text, marks) }];
    });
}
