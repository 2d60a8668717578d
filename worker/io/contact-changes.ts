// What has been changed of a contact, by whom and when (D1).

import * as v from 'valibot';
import {
  contactChangeSchema,
  type ContactChange,
  type ContactChangesPage,
} from '#shared/contact/contact.ts';
import type { ContactId } from '#shared/ids.ts';

const PAGE = 20;

/** The row of a change, to be stored along with it. */
export function putChange(
  db: D1Database,
  contactId: ContactId,
  { at, kind, by, fields }: ContactChange,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO contact_change (contact_id, at, id, kind, agent_id, agent_name, fields)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .bind(contactId, at, crypto.randomUUID(), kind, by.id, by.name, JSON.stringify(fields));
}

/** Where a page ended. */
interface Position {
  readonly at: number;
  readonly id: string;
}

/** Of a page of changes or conversations: a time and an id. */
export const positionSchema = v.pipe(
  v.string(),
  v.regex(/^\d{1,15}\.[0-9a-f-]{36}$/, 'the next of the page before'),
  v.transform((text): Position => {
    const [at, id = ''] = text.split('.');
    return { at: Number(at), id };
  }),
);

const rowSchema = v.pipe(
  v.object({
    id: v.string(),
    at: v.number(),
    kind: v.string(),
    agentId: v.string(),
    agentName: v.string(),
    fields: v.pipe(v.string(), v.parseJson()),
  }),
  v.transform(({ id, agentId, agentName, ...change }) => ({
    id,
    change: { ...change, by: { id: agentId, name: agentName } },
  })),
  v.object({ id: v.string(), change: contactChangeSchema }),
);

/** A page, the latest first. */
export async function listChanges(
  db: D1Database,
  contactId: ContactId,
  after: Position | null,
): Promise<ContactChangesPage> {
  const { results } = await db
    .prepare(
      `SELECT id, at, kind, agent_id AS agentId, agent_name AS agentName, fields FROM contact_change
      WHERE contact_id IN (SELECT id FROM contact WHERE id = ?1 OR merged_into = ?1) AND (?2 IS NULL OR (at, id) < (?2, ?3))
      ORDER BY at DESC, id DESC LIMIT ${PAGE}`,
    )
    .bind(contactId, after?.at ?? null, after?.id ?? null)
    .all();
  const rows = v.parse(v.array(rowSchema), results);
  const last = rows.length < PAGE ? undefined : rows.at(-1);
  return {
    changes: rows.map(({ change }) => change),
    next: last ? `${last.change.at}.${last.id}` : null,
  };
}
