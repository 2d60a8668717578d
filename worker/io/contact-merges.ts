// Contacts who are one person: one becomes part of the other, and that can be undone for a day (D1).

import * as v from 'valibot';
import {
  isChoiceOf,
  MERGE_UNDO_MS,
  mergesBody,
  type Merge,
  type MergeChoice,
} from '#shared/contact/merge.ts';
import { nameKey } from '#shared/contact/name-key.ts';
import { contactIdSchema, type ContactId } from '#shared/ids.ts';
import { batchIf } from './batch-if.ts';
import { putChange } from './contact-changes.ts';
import type { By } from './contact-record.ts';
import {
  readSnapshot,
  snapshotSchema,
  turnBack,
  writeSnapshot,
  type IdentityRow,
  type Snapshot,
} from './contact-snapshot.ts';
import { condition, type Condition } from './conversation-lists.ts';

/** The two of a merge. */
export interface Pair {
  /** Who becomes part of the other. */
  readonly sourceId: ContactId;
  /** Who stays. */
  readonly targetId: ContactId;
}

/** What was found, so that it can be undone. */
const foundSchema = v.object({
  before: snapshotSchema,
  after: snapshotSchema,
  source: snapshotSchema,
});
type Found = v.InferOutput<typeof foundSchema>;

/** Conversations may end, and colleagues may edit, while it is being done. */
const ATTEMPTS = 3;

/** False when one of the two is no longer as the agent saw them. */
export async function mergeContacts(
  db: D1Database,
  pair: Pair,
  choice: MergeChoice,
  by: By,
): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const target = await readSnapshot(db, pair.targetId);
    const source = await readSnapshot(db, pair.sourceId);
    if (!target || !source || !isChoiceOf(choice, target.snapshot, source.snapshot)) return false;
    const unchanged = [target.isUnchanged, source.isUnchanged];
    const isDone = await batchIf(
      db,
      condition(
        unchanged.map(({ sql }) => sql).join(' AND '),
        ...unchanged.flatMap(({ values }) => values),
      ),
      changesOf(db, pair, foundBy(target.snapshot, source.snapshot, choice), by),
    );
    if (isDone) return true;
  }
  return false;
}

/** What is known by both is known once, and verified if one of the two is. */
const foundBy = (before: Snapshot, source: Snapshot, choice: MergeChoice): Found => ({
  before,
  source,
  after: {
    ...before,
    ...choice,
    nameKey: nameKey(choice.name),
    isKnown: 1,
    createdAt: Math.min(before.createdAt, source.createdAt),
    lastMessageAt: Math.max(before.lastMessageAt, source.lastMessageAt),
    blockedAt: before.blockedAt ?? source.blockedAt,
    blockedBy: before.blockedAt === null ? source.blockedBy : before.blockedBy,
  },
});

function changesOf(
  db: D1Database,
  { sourceId, targetId }: Pair,
  found: Found,
  { by, at }: By,
): D1PreparedStatement[] {
  const both = (sql: string) => db.prepare(sql).bind(sourceId, targetId);
  return [
    db.prepare('DELETE FROM contact_merge WHERE merged_at < ?').bind(at - MERGE_UNDO_MS),
    db
      .prepare(
        `INSERT INTO contact_merge (source_id, target_id, merged_by, merged_at, found)
        VALUES (?, ?, ?, ?, ?)`,
      )
      .bind(sourceId, targetId, by.name, at, JSON.stringify(found)),
    writeSnapshot(db, targetId, found.after),
    both(`INSERT INTO contact_identity (kind, value, contact_id, verified, created_at)
      SELECT kind, value, ?2, verified, created_at FROM contact_identity WHERE contact_id = ?1
      ON CONFLICT DO UPDATE SET verified = max(verified, excluded.verified)`),
    db.prepare('DELETE FROM contact_identity WHERE contact_id = ?').bind(sourceId),
    both('UPDATE conversation SET contact_id = ?2 WHERE contact_id = ?1'),
    both('UPDATE contact SET merged_into = ?2 WHERE merged_into = ?1 OR id = ?1'),
    putChange(db, targetId, { kind: 'merged', by, at, fields: namedIn(found) }),
  ];
}

const namedIn = ({ source, before, after }: Found) => [
  { field: 'name', before: [before.name, source.name], after: [after.name] },
];

/** What can still be undone of a contact, the latest first. */
export async function listMerges(
  db: D1Database,
  targetId: ContactId,
  now: number,
): Promise<Merge[]> {
  const { results } = await db
    .prepare(
      `SELECT id AS mergeId, json_extract(found, '$.source.name') AS name, merged_by AS "by", merged_at AS at
      FROM contact_merge WHERE target_id = ? AND merged_at >= ? ORDER BY id DESC`,
    )
    .bind(targetId, now - MERGE_UNDO_MS)
    .all();
  return v.parse(mergesBody.entries.merges, results);
}

const rowSchema = v.object({
  sourceId: contactIdSchema,
  targetId: contactIdSchema,
  found: v.pipe(v.string(), v.parseJson(), foundSchema),
});

/** It is young enough, and none has followed it: neither into the same contact, nor of that contact into another. */
const isStanding = (mergeId: number, targetId: ContactId, at: number): Condition =>
  condition(
    `EXISTS (SELECT 1 FROM contact_merge JOIN contact AS target ON target.id = target_id
      WHERE contact_merge.id = ?1 AND target_id = ?2 AND merged_at >= ?3
        AND target.merged_into IS NULL
        AND NOT EXISTS (SELECT 1 FROM contact_merge AS later
          WHERE later.target_id = ?2 AND later.id > ?1))`,
    ...[mergeId, targetId, at - MERGE_UNDO_MS],
  );

/** Answers with the two, who are apart again; null when it can't be undone. */
export async function undoMerge(
  db: D1Database,
  { mergeId, targetId }: Pick<Merge, 'mergeId'> & Pick<Pair, 'targetId'>,
  by: By,
): Promise<Pair | null> {
  const standing = isStanding(mergeId, targetId, by.at);
  const row = await db
    .prepare(
      `SELECT source_id AS sourceId, target_id AS targetId, found FROM contact_merge
      WHERE id = ?1 AND ${standing.sql}`,
    )
    .bind(...standing.values)
    .first();
  if (row === null) return null;
  const { found, ...pair } = v.parse(rowSchema, row);
  // A colleague may have been faster meanwhile.
  const isDone = await batchIf(db, standing, [
    ...undoing(db, pair, found),
    db.prepare('DELETE FROM contact_merge WHERE id = ?').bind(mergeId),
    putChange(db, pair.targetId, { kind: 'unmerged', ...by, fields: namedIn(found) }),
  ]);
  return isDone ? pair : null;
}

/** What has been changed since stays with the one who stayed. */
function undoing(
  db: D1Database,
  { sourceId, targetId }: Pair,
  { before, after, source }: Found,
): D1PreparedStatement[] {
  const parts = JSON.stringify([sourceId, ...source.parts]);
  const identities = JSON.stringify(source.identities);
  const own = JSON.stringify(before.identities);
  return [
    ...turnBack(db, targetId, { from: after, to: before }),
    db.prepare(DELETE_MOVED).bind(targetId, identities, own),
    db.prepare(UNVERIFY).bind(targetId, JSON.stringify(provenBySource(before, source))),
    db.prepare(PUT_BACK).bind(sourceId, identities),
    db
      .prepare(
        `UPDATE conversation SET contact_id = ?1
        WHERE contact_id = ?2 AND log_contact_id IN (SELECT value FROM json_each(?3))`,
      )
      .bind(sourceId, targetId, parts),
    db
      .prepare(
        `UPDATE contact SET merged_into = nullif(?1, id)
        WHERE merged_into = ?2 AND id IN (SELECT value FROM json_each(?3))`,
      )
      .bind(sourceId, targetId, parts),
    // A conversation that has ended since was noted at the other.
    db
      .prepare(
        `UPDATE contact SET last_message_at = max(last_message_at, coalesce(
          (SELECT max(last_message_at) FROM conversation
            WHERE contact_id = ?1 AND closed_at IS NOT NULL), 0))
        WHERE id = ?1 AND is_known = 1`,
      )
      .bind(sourceId),
  ];
}

/** What the one who stayed was known by without proof, and the other with one. */
const provenBySource = (before: Snapshot, source: Snapshot): IdentityRow[] =>
  before.identities.filter(
    ([kind, value, verified]) =>
      verified === 0 &&
      source.identities.some((other) => other[0] === kind && other[1] === value && other[2] === 1),
  );

const IS_AMONG = (list: number) =>
  `EXISTS (SELECT 1 FROM json_each(?${list}) AS one WHERE one.value ->> 0 = kind AND one.value ->> 1 = contact_identity.value)`;
const DELETE_MOVED = `DELETE FROM contact_identity
  WHERE contact_id = ?1 AND ${IS_AMONG(2)} AND NOT ${IS_AMONG(3)}`;
const UNVERIFY = `UPDATE contact_identity SET verified = 0
  WHERE contact_id = ?1 AND verified = 1 AND ${IS_AMONG(2)}`;
const PUT_BACK = `INSERT INTO contact_identity (kind, value, contact_id, verified, created_at)
  SELECT value ->> 0, value ->> 1, ?1, value ->> 2, value ->> 3 FROM json_each(?2) WHERE true
  ON CONFLICT DO NOTHING`;
