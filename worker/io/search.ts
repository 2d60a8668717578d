// The search over all conversations that an agent may see (D1).

import * as v from 'valibot';
import {
  conversationIdSchema,
  departmentIdSchema,
  type AgentId,
  type DepartmentId,
} from '#shared/ids.ts';
import { firstIdAt, MOST_MS, readMessages } from '#shared/search/document.ts';
import type { WantedWord } from '#shared/search/wanted.ts';
import type { Sight } from './conversation-lists.ts';

/** What is left out does not narrow the search. */
export interface SearchFilter {
  readonly departmentId?: DepartmentId | undefined;
  readonly agentId?: AgentId | undefined;
  readonly channel?: string | undefined;
  readonly tag?: string | undefined;
  readonly isOpen?: boolean | undefined;
  /** Epoch milliseconds: said then or later. */
  readonly since?: number | undefined;
  /** Epoch milliseconds: said before. */
  readonly until?: number | undefined;
}

export interface PageOfDocuments {
  /** `best` ranks the latest of what is found, and has one page. */
  readonly order: 'best' | 'newest';
  readonly limit: number;
  /** So many of the best have been found already. */
  readonly skip: number;
  /** `next` of the page before; null for the first. */
  readonly after: number | null;
}

const documentSchema = v.object({
  id: v.number(),
  said: v.pipe(v.string(), v.transform(readMessages)),
  conversationId: conversationIdSchema,
  departmentId: departmentIdSchema,
  visitorName: v.string(),
  agentName: v.nullable(v.string()),
  channel: v.string(),
  tags: v.pipe(v.string(), v.parseJson(), v.array(v.string())),
  closedAt: v.nullable(v.number()),
});
export type FoundDocument = v.InferOutput<typeof documentSchema>;

/** As many documents with the words are looked at for one page, also those that the agent may not read. */
const LOOKED_AT = 1_000;

// The full-text index heeds a bound of rowids only if it is a whole number, and numbers are bound as fractions.
const LATEST = `FROM document
  WHERE document MATCH ? AND rowid < CAST(? AS INTEGER) AND rowid >= CAST(? AS INTEGER)
  ORDER BY rowid DESC LIMIT ${LOOKED_AT}`;

const COLUMNS = `conversation.id AS conversationId, department_id AS departmentId, visitor_name AS visitorName,
  agent_name AS agentName, channel, tags, closed_at AS closedAt`;

const lookedAtSchema = v.object({ count: v.number(), last: v.nullable(v.number()) });

/** Documents that have all words, though maybe not in one message. `next`: there may be more from there on. */
export async function findDocuments(
  db: D1Database,
  wanted: readonly WantedWord[],
  sight: Sight,
  filter: SearchFilter,
  { order, limit, skip, after }: PageOfDocuments,
): Promise<{ documents: FoundDocument[]; next: number | null }> {
  const latest = [matching(wanted), before(filter, after), firstIdAt(filter.since ?? 0)];
  const conditions = [...inSight(sight), ...conditionsOf(filter)];
  const where = ['true', ...conditions.map(({ sql }) => sql)].join(' AND ');
  const [score, sorted] = order === 'best' ? ['rank', 'score, id DESC'] : ['0', 'id DESC'];
  const counting = db.prepare(
    `SELECT count(*) AS count, min(rowid) AS last FROM (SELECT rowid ${LATEST})`,
  );
  const [found, lookedAt] = await db.batch([
    db
      .prepare(
        `WITH latest AS MATERIALIZED (SELECT rowid AS id, conversation_id, ${score} AS score ${LATEST}),
          chosen AS MATERIALIZED (
            SELECT latest.id AS id, score, ${COLUMNS} FROM latest
            JOIN conversation ON conversation.id = conversation_id
            WHERE ${where} ORDER BY ${sorted} LIMIT ? OFFSET ?)
        SELECT chosen.*, document.messages AS said FROM chosen
        JOIN document ON document.rowid = chosen.id ORDER BY ${sorted}`,
      )
      .bind(...latest, ...conditions.flatMap(({ values }) => values), limit, skip),
    ...(order === 'best' ? [] : [counting.bind(...latest)]),
  ]);
  const documents = v.parse(v.array(documentSchema), found?.results);
  if (order === 'best') return { documents, next: null };
  if (documents.length === limit) return { documents, next: documents.at(-1)?.id ?? null };
  const { count, last } = v.parse(lookedAtSchema, lookedAt?.results[0]);
  return { documents, next: count === LOOKED_AT ? last : null };
}

/** Each word by its beginning, as the full-text index asks for it. */
const matching = (wanted: readonly WantedWord[]): string =>
  wanted.map(({ words, isPrefix }) => `"${words.join(' ')}"${isPrefix ? ' *' : ''}`).join(' AND ');

/** The id that all of them are below. A document is of the time of its last message, and may begin earlier. */
const before = ({ until }: SearchFilter, after: number | null): number =>
  Math.min(
    after ?? Number.MAX_SAFE_INTEGER,
    until === undefined ? Number.MAX_SAFE_INTEGER : firstIdAt(until + MOST_MS),
  );

interface Condition {
  readonly sql: string;
  readonly values: readonly string[];
}

const condition = (sql: string, ...values: string[]): Condition => ({ sql, values });

const isAmong = (list: string) => `EXISTS (SELECT 1 FROM json_each(${list}) WHERE value = ?)`;

/** As `mayRead` decides of a conversation's state. */
function inSight({ departments, agentId }: Sight): Condition[] {
  if (departments === null) return [];
  const among = 'department_id IN (SELECT value FROM json_each(?))';
  return [condition(`(${among} OR ${isAmong('readers')})`, JSON.stringify(departments), agentId)];
}

function conditionsOf({ departmentId, agentId, channel, tag, isOpen }: SearchFilter): Condition[] {
  return [
    ...(departmentId ? [condition('department_id = ?', departmentId)] : []),
    ...(agentId ? [condition('agent_id = ?', agentId)] : []),
    ...(channel ? [condition('channel = ?', channel)] : []),
    ...(tag ? [condition(isAmong('tags'), tag)] : []),
    ...(isOpen === undefined ? [] : [condition(`closed_at IS ${isOpen ? '' : 'NOT '}NULL`)]),
  ];
}
