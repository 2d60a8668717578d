// A contact with all that a merge changes: the row, what they are known by, and who is part of them (D1).

import * as v from 'valibot';
import { mergeChoice } from '#shared/contact/merge.ts';
import { contactIdSchema, type ContactId } from '#shared/ids.ts';
import { condition, type Condition } from './conversation-lists.ts';

const SNAPSHOT = `
  SELECT json_object('name', name, 'nameKey', name_key, 'managerId', manager_id, 'customFields', json(custom_fields),
    'isKnown', is_known, 'createdAt', created_at, 'lastMessageAt', last_message_at,
    'blockedAt', blocked_at, 'blockedBy', blocked_by,
    'identities', (SELECT json_group_array(json_array(kind, value, verified, created_at)) FROM (
      SELECT * FROM contact_identity WHERE contact_id = contact.id ORDER BY kind, value)),
    'parts', (SELECT json_group_array(id) FROM (
      SELECT id FROM contact AS part WHERE part.merged_into = contact.id ORDER BY id)))
  FROM contact WHERE merged_into IS NULL AND id = ?`;

const identitySchema = v.tuple([v.string(), v.string(), v.number(), v.number()]);

export const snapshotSchema = v.object({
  ...mergeChoice.entries,
  nameKey: v.string(),
  isKnown: v.number(),
  createdAt: v.number(),
  lastMessageAt: v.number(),
  blockedAt: v.nullable(v.number()),
  blockedBy: v.nullable(v.string()),
  /** Each of kind, value, whether it is verified, and when it was noted. */
  identities: v.array(identitySchema),
  /** The contacts who became part of this one before. */
  parts: v.array(contactIdSchema),
});
export type Snapshot = v.InferOutput<typeof snapshotSchema>;
export type IdentityRow = v.InferOutput<typeof identitySchema>;

export interface Read {
  readonly snapshot: Snapshot;
  /** Whether the contact is still the same when the batch is done that begins with it. */
  readonly isUnchanged: Condition;
}

/** Null: there is none, or they are part of another one. */
export async function readSnapshot(db: D1Database, id: ContactId): Promise<Read | null> {
  const rows = await db.prepare(SNAPSHOT).bind(id).raw<[string]>();
  const text = rows[0]?.[0];
  if (text === undefined) return null;
  return {
    snapshot: v.parse(v.pipe(v.string(), v.parseJson(), snapshotSchema), text),
    isUnchanged: condition(`(${SNAPSHOT}) = ?`, id, text),
  };
}

const columnsOf = (snapshot: Snapshot): Record<string, string | number | null> => ({
  name: snapshot.name,
  name_key: snapshot.nameKey,
  manager_id: snapshot.managerId,
  custom_fields: JSON.stringify(snapshot.customFields),
  is_known: snapshot.isKnown,
  created_at: snapshot.createdAt,
  last_message_at: snapshot.lastMessageAt,
  blocked_at: snapshot.blockedAt,
  blocked_by: snapshot.blockedBy,
});

/** Makes the contact's row what the snapshot says. */
export function writeSnapshot(
  db: D1Database,
  id: ContactId,
  snapshot: Snapshot,
): D1PreparedStatement {
  const columns = columnsOf(snapshot);
  const set = Object.keys(columns).map((column) => `${column} = ?`);
  return db
    .prepare(`UPDATE contact SET ${set.join(', ')} WHERE id = ?`)
    .bind(...Object.values(columns), id);
}

/** The same, but what has been changed since it was written as `from` stays. */
export function turnBack(
  db: D1Database,
  id: ContactId,
  { from, to }: { from: Snapshot; to: Snapshot },
): D1PreparedStatement[] {
  const written = columnsOf(from);
  return Object.entries(columnsOf(to)).map(([column, value]) =>
    db
      .prepare(`UPDATE contact SET ${column} = ? WHERE id = ? AND ${column} IS ?`)
      .bind(value, id, written[column] ?? null),
  );
}
