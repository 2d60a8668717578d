// What the search over all conversations looks in (D1): some messages of one conversation are one document, so that a
// message writes no row of its own.

import * as v from 'valibot';
import { readersOf } from '#shared/conversation/access.ts';
import type { OpenedConversation } from '#shared/conversation/state.ts';
import type { ConversationId } from '#shared/ids.ts';
import { documentIdsOf, partsOf, stored } from '#shared/search/document.ts';
import type { Said } from '#shared/search/said.ts';
import { findReworded, type Rewording } from './search-rewording.ts';

interface Addition {
  readonly conversationId: ConversationId;
  readonly state: OpenedConversation;
  /** In order. What is known already is skipped. */
  readonly said: readonly Said[];
  /** What was said before and reads otherwise now. */
  readonly reworded: readonly Rewording[];
  /** Whether what is stored of the conversation is replaced. */
  readonly isAnew: boolean;
}

const COLUMNS = [
  ...['department_id', 'readers', 'channel', 'visitor_name', 'agent_id', 'agent_name'],
  ...['tags', 'closed_at'],
] as const;

const knownSchema = v.object({
  seq: v.number(),
  documents: v.pipe(v.string(), v.parseJson(), v.array(v.number())),
  row: v.string(),
});
type Known = v.InferOutput<typeof knownSchema>;

/** Adds what is new. The same twice changes nothing, and costs no row. */
export async function putIntoSearch(db: D1Database, addition: Addition): Promise<void> {
  // Another instance of the conversation may write at the same time: then what it has written is read again.
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const known = await findKnown(db, addition.conversationId);
    if (await put(db, addition, known)) return;
  }
  throw new Error('search: another instance writes all the time');
}

const MOST_TRIES = 3;

async function findKnown(db: D1Database, id: ConversationId): Promise<Known | null> {
  const row = `json_array(${COLUMNS.join(', ')}) AS row`;
  const query = `SELECT seq, documents, ${row} FROM conversation WHERE id = ?`;
  const found = await db.prepare(query).bind(id).first();
  return found === null ? null : v.parse(knownSchema, found);
}

/** False when it was not as it is `known`: then nothing is written. */
async function put(
  db: D1Database,
  { conversationId, state, said, reworded, isAnew }: Addition,
  known: Known | null,
): Promise<boolean> {
  const from = isAnew ? 0 : (known?.seq ?? 0);
  const parts = partsOf(said.filter(({ seq }) => seq > from));
  const rewordings = isAnew ? [] : reworded.filter(({ at }) => at > from);
  const row = rowOf(state);
  const isSame = parts.length === 0 && rewordings.length === 0;
  if (!isAnew && isSame && known?.row === JSON.stringify(row)) return true;

  const ids = documentIdsOf(parts, Math.random());
  const before = isAnew ? [] : (known?.documents ?? []);
  const documents = JSON.stringify([...before, ...ids]);
  const whileAt = known?.seq ?? 0;
  const seq = Math.max(from, parts.at(-1)?.at(-1)?.seq ?? 0, rewordings.at(-1)?.at ?? 0);
  const changed = await findReworded(db, before, rewordings);
  const results = await db.batch([
    ...(isAnew && known ? [forgetDocuments(db, conversationId, whileAt)] : []),
    ...changed.map(({ id }) => db.prepare(DROP_DOCUMENT).bind(id, conversationId, whileAt)),
    ...[...changed, ...parts.map((part, place) => ({ id: ids[place] ?? null, part }))].map(
      ({ id, part }) => {
        const { words, messages } = stored(part);
        return db.prepare(PUT_DOCUMENT).bind(id, words, conversationId, messages, whileAt);
      },
    ),
    db.prepare(PUT_CONVERSATION).bind(conversationId, seq, documents, whileAt, ...row),
  ]);
  return results.at(-1)?.meta.changes !== 0;
}

/** Forgets a conversation, wherever words of it are. */
export async function eraseFromSearch(db: D1Database, id: ConversationId): Promise<void> {
  await db.batch([
    forgetDocuments(db, id, null),
    db.prepare('DELETE FROM conversation WHERE id = ?').bind(id),
  ]);
}

const rowOf = (state: OpenedConversation): (string | number | null)[] => [
  state.departmentId,
  JSON.stringify(readersOf(state)),
  state.channel,
  state.visitor.name,
  ...(state.status === 'queued' || state.agent === null
    ? [null, null]
    : [state.agent.id, state.agent.name]),
  JSON.stringify(state.details.tags),
  state.status === 'closed' ? state.closedAt : null,
];

// A document is written only as long as the conversation is as it was read: else its words would be there twice.
const PUT_DOCUMENT = `
  INSERT INTO document (rowid, words, conversation_id, messages)
  SELECT CAST(?1 AS INTEGER), ?2, ?3, ?4
  WHERE coalesce((SELECT seq FROM conversation WHERE id = ?3), 0) = ?5`;

const DROP_DOCUMENT = `
  DELETE FROM document WHERE rowid = CAST(?1 AS INTEGER)
    AND coalesce((SELECT seq FROM conversation WHERE id = ?2), 0) = ?3`;

const PUT_CONVERSATION = `
  INSERT INTO conversation (id, seq, documents, ${COLUMNS.join(', ')})
  SELECT ?1, ?2, ?3, ${COLUMNS.map((_, place) => `?${place + 5}`).join(', ')}
  WHERE coalesce((SELECT seq FROM conversation WHERE id = ?1), 0) = ?4
  ON CONFLICT (id) DO UPDATE SET
    ${['seq', 'documents', ...COLUMNS].map((column) => `${column} = excluded.${column}`).join(', ')}`;

/** @param whileAt null: whatever has been read of it */
const forgetDocuments = (
  db: D1Database,
  id: ConversationId,
  whileAt: number | null,
): D1PreparedStatement =>
  db
    .prepare(
      `DELETE FROM document WHERE rowid IN (
        SELECT value FROM json_each(
          (SELECT documents FROM conversation WHERE id = ?1 AND seq = coalesce(?2, seq))))`,
    )
    .bind(id, whileAt);
