// Documents of the search that hold a message which was changed or deleted since.

import * as v from 'valibot';
import { readMessages } from '#shared/search/document.ts';
import type { Said } from '#shared/search/said.ts';

/** What has become of a message. */
export interface Rewording {
  /** The `seq` of the event that says so. */
  readonly at: number;
  /** The `seq` of the message. */
  readonly seq: number;
  /** Null: it was deleted. */
  readonly text: string | null;
}

interface Document {
  readonly id: number;
  readonly part: Said[];
}

const rowSchema = v.object({
  id: v.number(),
  part: v.pipe(v.string(), v.transform(readMessages)),
});

/** Those of some documents that read otherwise now, as they read now. @param rewordings in order */
export async function findReworded(
  db: D1Database,
  documents: readonly number[],
  rewordings: readonly Rewording[],
): Promise<Document[]> {
  if (rewordings.length === 0 || documents.length === 0) return [];
  const { results } = await db
    .prepare(
      `SELECT rowid AS id, messages AS part FROM document
       WHERE rowid IN (SELECT value FROM json_each(?))`,
    )
    .bind(JSON.stringify(documents))
    .run();
  const texts = new Map(rewordings.map(({ seq, text }) => [seq, text]));
  return v
    .parse(v.array(rowSchema), results)
    .filter(({ part }) => part.some(({ seq }) => texts.has(seq)))
    .map(({ id, part }) => ({ id, part: part.flatMap((said) => reworded(said, texts)) }));
}

function reworded(said: Said, texts: ReadonlyMap<number, string | null>): Said[] {
  const text = texts.get(said.seq);
  if (text === undefined) return [said];
  return text === null ? [] : [{ ...said, text }];
}
