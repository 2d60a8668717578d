// Canned responses (D1).

import * as v from 'valibot';
import {
  CANNED_RESPONSES_AT_MOST,
  cannedResponseBody,
  type CannedResponse,
  type CannedScope,
} from '#shared/canned-responses/canned-response.ts';
import {
  agentIdSchema,
  departmentIdSchema,
  newCannedResponseId,
  type AgentId,
  type CannedResponseId,
  type DepartmentId,
} from '#shared/ids.ts';
import { accept, refuse, type Outcome, type Refused } from '#shared/refusals.ts';
import { shortened } from '#shared/text.ts';

/** What an agent may see. */
export interface CannedSight {
  readonly agentId: AgentId;
  /** Null: of all. */
  readonly departments: readonly DepartmentId[] | null;
  readonly privateOfAll: boolean;
}

/** What its author says of it. */
export type CannedContent = Pick<CannedResponse, 'shortcut' | 'text' | 'tags' | 'scope'>;

// ?1 is the agent, ?2 their departments as a JSON list, or NULL for all.
const IS_SHARED = `(owner_id IS NULL AND (department_id IS NULL OR ?2 IS NULL
  OR department_id IN (SELECT value FROM json_each(?2))))`;
/** What is there to answer with. */
const IS_OFFERED = `(owner_id = ?1 OR ${IS_SHARED})`;
// ?3 is whether private ones of others are in sight.
const IS_IN_SIGHT = `(${IS_OFFERED} OR (?3 AND owner_id IS NOT NULL))`;

const COLUMNS = `SELECT response.id, shortcut, text, tags, revision, department_id AS departmentId,
    owner_id AS agentId, "user".name AS agentName
  FROM canned_response AS response LEFT JOIN "user" ON "user".id = owner_id`;

const rowSchema = v.pipe(
  v.object({
    ...v.omit(cannedResponseBody, ['scope', 'tags']).entries,
    tags: v.pipe(v.string(), v.parseJson(), v.array(v.string())),
    departmentId: v.nullable(departmentIdSchema),
    agentId: v.nullable(agentIdSchema),
    agentName: v.nullable(v.string()),
  }),
  v.transform(({ departmentId, agentId, agentName, ...response }): CannedResponse => {
    if (agentId) {
      return { ...response, scope: { kind: 'private', agentId, agentName: agentName ?? '' } };
    }
    if (departmentId) return { ...response, scope: { kind: 'department', departmentId } };
    return { ...response, scope: { kind: 'public' } };
  }),
);

const sightOf = ({ agentId, departments, privateOfAll }: CannedSight) => [
  agentId,
  departments && JSON.stringify(departments),
  privateOfAll ? 1 : 0,
];

/** All that an agent may see, by shortcut. */
export async function listCannedResponses(
  db: D1Database,
  sight: CannedSight,
): Promise<CannedResponse[]> {
  const { results } = await db
    .prepare(`${COLUMNS} WHERE ${IS_IN_SIGHT} ORDER BY shortcut, response.id`)
    .bind(...sightOf(sight))
    .all();
  return v.parse(v.array(rowSchema), results);
}

/** One, if the agent may see it. */
export async function findCannedResponse(
  db: D1Database,
  sight: CannedSight,
  id: string,
): Promise<CannedResponse | null> {
  const row = await db
    .prepare(`${COLUMNS} WHERE response.id = ?4 AND ${IS_IN_SIGHT}`)
    .bind(...sightOf(sight), id)
    .first();
  return row === null ? null : v.parse(rowSchema, row);
}

/** What has the shortcut in the same place. */
export async function findInPlace(
  db: D1Database,
  { shortcut, scope }: CannedContent,
): Promise<CannedResponse | null> {
  const { ownerId, departmentId } = placeOf(scope);
  const row = await db
    .prepare(`${COLUMNS} WHERE shortcut = ? AND owner_id IS ? AND department_id IS ?`)
    .bind(shortcut, ownerId, departmentId)
    .first();
  return row === null ? null : v.parse(rowSchema, row);
}

/** Changes whenever something changes that the agent may see, or what they may see. Costs a row for each place. */
export async function versionInSight(db: D1Database, sight: CannedSight): Promise<string> {
  const { agentId, departments, privateOfAll } = sight;
  const places = departments && [
    'public',
    `agent ${agentId}`,
    ...departments.map((id) => `department ${id}`),
  ];
  const changes = await db
    .prepare(
      `SELECT coalesce(sum(version), 0) AS changes FROM canned_response_version
      WHERE ?1 IS NULL OR place IN (SELECT value FROM json_each(?1))`,
    )
    .bind(places && JSON.stringify(places))
    .first<number>('changes');
  return [changes ?? 0, departments?.join(',') ?? '*', privateOfAll ? '*' : ''].join(' ');
}

/** Stores a new one, unless the author is offered another by the same shortcut. */
export async function addCannedResponse(
  db: D1Database,
  sight: CannedSight,
  content: CannedContent,
  at: number,
): Promise<Outcome<CannedResponseId>> {
  const id = newCannedResponseId();
  const { ownerId, departmentId } = placeOf(content.scope);
  const insert = db
    .prepare(
      `INSERT INTO canned_response (id, shortcut, text, tags, owner_id, department_id, revision, updated_at)
      SELECT ?4, ?3, ?5, ?6, ?7, ?8, 1, ?9 WHERE ${IS_FREE} AND ${HAS_ROOM}`,
    )
    .bind(...freeFor(sight, content), id, ...storedOf(content), ownerId, departmentId, at);
  const [done] = await db.batch([insert, noteChange(db, content.scope)]);
  return done?.meta.changes ? accept(id) : whyNot(db, sight, content, id);
}

/** Changes one, unless a colleague has changed it since, or the author is offered another by the same shortcut. */
export async function changeCannedResponse(
  db: D1Database,
  sight: CannedSight,
  before: CannedResponse,
  content: CannedContent,
  at: number,
): Promise<Outcome<CannedResponseId>> {
  const { id, revision } = before;
  const { ownerId, departmentId } = placeOf(content.scope);
  const update = db
    .prepare(
      `UPDATE canned_response SET shortcut = ?3, text = ?5, tags = ?6, owner_id = ?7, department_id = ?8,
        updated_at = ?9, revision = revision + 1
      WHERE id = ?4 AND revision = ?10 AND ${IS_FREE} AND ${HAS_ROOM}`,
    )
    .bind(
      ...freeFor(sight, content),
      ...[id, ...storedOf(content), ownerId, departmentId, at, revision],
    );
  const notes = [before.scope, content.scope].map((scope) => noteChange(db, scope));
  const [done] = await db.batch([update, ...notes]);
  return done?.meta.changes ? accept(id) : whyNot(db, sight, content, id);
}

/** False when a colleague has changed it since. */
export async function removeCannedResponse(
  db: D1Database,
  { id, revision, scope }: CannedResponse,
): Promise<boolean> {
  const remove = db
    .prepare('DELETE FROM canned_response WHERE id = ? AND revision = ?')
    .bind(id, revision);
  const [done] = await db.batch([remove, noteChange(db, scope)]);
  return Boolean(done?.meta.changes);
}

// ?1 and ?2 as above, ?3 is the shortcut, ?4 the response's own id.
const OF_ANOTHER = `FROM canned_response WHERE shortcut = ?3 AND id <> ?4 AND ${IS_OFFERED}`;
const IS_FREE = `NOT EXISTS (SELECT 1 ${OF_ANOTHER})`;
// ?7 and ?8 are the place.
const HAS_ROOM = `(SELECT count(*) FROM canned_response
  WHERE owner_id IS ?7 AND department_id IS ?8 AND id <> ?4) < ${CANNED_RESPONSES_AT_MOST}`;

function freeFor(sight: CannedSight, { shortcut }: CannedContent) {
  const [agentId = null, departments = null] = sightOf(sight);
  return [agentId, departments, shortcut];
}

const storedOf = ({ text, tags }: CannedContent) => [text, JSON.stringify(tags)];

/** The write did not happen: what stood in its way. */
const whyNot = async (...write: Parameters<typeof findObstacle>): Promise<Refused> =>
  (await findObstacle(...write)) ?? refuse('canned-response.changed');

/** What stands in the way of the response `id` with this content; null: nothing does. */
export async function findObstacle(
  db: D1Database,
  sight: CannedSight,
  content: CannedContent,
  id: CannedResponseId,
): Promise<Refused | null> {
  const other = await db
    .prepare(`SELECT text ${OF_ANOTHER}`)
    .bind(...freeFor(sight, content), id)
    .first<string>('text');
  if (other !== null) {
    const { shortcut } = content;
    return refuse('canned-response.exists', { shortcut, other: shortened(other, 60) });
  }
  const place = placeOf(content.scope);
  const count = await db
    .prepare(
      'SELECT count(*) AS n FROM canned_response WHERE owner_id IS ? AND department_id IS ? AND id <> ?',
    )
    .bind(place.ownerId, place.departmentId, id)
    .first<number>('n');
  return (count ?? 0) >= CANNED_RESPONSES_AT_MOST
    ? refuse('canned-response.full', { limit: CANNED_RESPONSES_AT_MOST })
    : null;
}

function placeOf(scope: CannedScope) {
  return {
    ownerId: scope.kind === 'private' ? scope.agentId : null,
    departmentId: scope.kind === 'department' ? scope.departmentId : null,
  };
}

function noteChange(db: D1Database, scope: CannedScope): D1PreparedStatement {
  const { ownerId, departmentId } = placeOf(scope);
  const place = ownerId
    ? `agent ${ownerId}`
    : departmentId
      ? `department ${departmentId}`
      : 'public';
  return db
    .prepare(
      `INSERT INTO canned_response_version (place, version) VALUES (?, 1)
      ON CONFLICT (place) DO UPDATE SET version = version + 1`,
    )
    .bind(place);
}
