// One contact as agents see and change it (D1).

import * as v from 'valibot';
import {
  contactBody,
  type ChangedField,
  type Contact,
  type ContactChange,
} from '#shared/contact/contact.ts';
import { LIVECHAT } from '#shared/conversation/events.ts';
import { nameKey } from '#shared/contact/name-key.ts';
import {
  agentIdSchema,
  conversationIdSchema,
  visitorIdSchema,
  type AgentId,
  type ContactId,
  type ConversationId,
  type VisitorId,
} from '#shared/ids.ts';
import { putChange } from './contact-changes.ts';
import { condition, inSight, type Condition, type Sight } from './conversation-lists.ts';

/** Of the table `contact`: whose conversations an agent may see, or who has none, or whose manager the agent is. */
export function contactInSight(sight: Sight): Condition[] {
  const [among] = inSight(sight);
  if (!among) return [];
  return [
    condition(
      `(contact.manager_id = ?
        OR EXISTS (SELECT 1 FROM conversation WHERE contact_id = contact.id AND ${among.sql})
        OR NOT EXISTS (SELECT 1 FROM conversation WHERE contact_id = contact.id))`,
      sight.agentId,
      ...among.values,
    ),
  ];
}

/** The last message is in one of the last conversations. */
const LOOKED_AT = 20;

const CONTACT = `
  SELECT contact.id AS contactId, contact.name, contact.created_at AS createdAt,
    custom_fields AS customFields, blocked_at AS blockedAt,
    coalesce(blocker.name, blocked_by) AS blockedBy,
    manager.id AS managerId, manager.name AS managerName,
    (SELECT max(last_message_at) FROM (
      SELECT last_message_at FROM conversation WHERE contact_id = contact.id
      ORDER BY opened_at DESC LIMIT ${LOOKED_AT})) AS lastMessageAt,
    (SELECT json_group_array(json_object('kind', kind, 'value', value, 'verified', verified)) FROM (
      SELECT * FROM contact_identity WHERE contact_id = contact.id ORDER BY created_at, value)) AS identities
  FROM contact
  LEFT JOIN "user" AS manager ON manager.id = manager_id
  LEFT JOIN "user" AS blocker ON blocker.id = blocked_by
  WHERE contact.id = (SELECT coalesce(merged_into, id) FROM contact WHERE id = ?)`;

const { entries } = contactBody;

const rowSchema = v.object({
  contactId: entries.contactId,
  name: entries.name,
  createdAt: entries.createdAt,
  lastMessageAt: entries.lastMessageAt,
  customFields: v.pipe(v.string(), v.parseJson(), entries.customFields),
  blockedAt: v.nullable(v.number()),
  blockedBy: v.nullable(v.string()),
  managerId: v.nullable(agentIdSchema),
  managerName: v.nullable(v.string()),
  identities: v.pipe(
    v.string(),
    v.parseJson(),
    v.array(v.object({ kind: v.string(), value: v.string(), verified: v.number() })),
  ),
});

function contactOf({
  identities,
  blockedAt,
  blockedBy,
  managerId,
  managerName,
  ...rest
}: v.InferOutput<typeof rowSchema>): Contact {
  const of = (wanted: string) =>
    identities
      .filter(({ kind }) => kind === wanted)
      .map(({ value, verified }) => ({ value, isVerified: verified === 1 }));
  const kinds = new Set(identities.map(({ kind }) => kind));
  return {
    ...rest,
    emails: of('email'),
    phones: of('phone'),
    channels: [...kinds].filter((kind) => kind !== 'email' && kind !== 'phone'),
    manager: managerId === null ? null : { id: managerId, name: managerName ?? '' },
    blocked: blockedAt === null ? null : { at: blockedAt, by: blockedBy ?? '' },
  };
}

/** The contact, or the one that they became part of. @param sight null: anybody */
export async function findContact(
  db: D1Database,
  id: ContactId,
  sight: Sight | null,
): Promise<Contact | null> {
  const conditions = sight ? contactInSight(sight) : [];
  const row = await db
    .prepare([CONTACT, ...conditions.map(({ sql }) => sql)].join(' AND '))
    .bind(id, ...conditions.flatMap(({ values }) => values))
    .first();
  return row === null ? null : contactOf(v.parse(rowSchema, row));
}

/** What of a contact is to be different; what is left out stays. */
export interface ContactEdit {
  readonly name?: string;
  readonly emails?: readonly string[];
  /** In E.164. */
  readonly phones?: readonly string[];
  readonly managerId?: AgentId | null;
  readonly customFields?: Contact['customFields'];
}

/** Who does something to a contact, and when. */
export type By = Pick<ContactChange, 'by' | 'at'>;

/** Stores what differs, and that it has been changed. @param fields what differs, as the history tells it */
export async function editContact(
  db: D1Database,
  { contactId }: Pick<Contact, 'contactId'>,
  edit: ContactEdit,
  { by, at, fields }: By & { fields: readonly ChangedField[] },
): Promise<void> {
  const { name, managerId, customFields, emails, phones } = edit;
  const set = (column: string, value: string | null) =>
    db.prepare(`UPDATE contact SET ${column} = ? WHERE id = ?`).bind(value, contactId);
  await db.batch([
    db.prepare(MAKE_KNOWN).bind(contactId),
    ...(name === undefined ? [] : rename(db, contactId, name)),
    ...(managerId === undefined ? [] : [set('manager_id', managerId)]),
    ...(customFields ? [set('custom_fields', JSON.stringify(customFields))] : []),
    ...(emails ? putAddresses(db, contactId, { kind: 'email', values: emails, at }) : []),
    ...(phones ? putAddresses(db, contactId, { kind: 'phone', values: phones, at }) : []),
    putChange(db, contactId, { kind: 'edited', by, at, fields: [...fields] }),
  ]);
}

/** From then on the contact is listed. */
const MAKE_KNOWN = `
  UPDATE contact SET is_known = 1, last_message_at = coalesce(
    (SELECT max(last_message_at) FROM conversation WHERE contact_id = contact.id), last_message_at)
  WHERE id = ? AND is_known = 0`;

function rename(db: D1Database, id: ContactId, name: string): D1PreparedStatement[] {
  return [
    db
      .prepare('UPDATE contact SET name = ?, name_key = ? WHERE id = ?')
      .bind(name, nameKey(name), id),
    // What lists show; each log keeps the name that was true then.
    db.prepare('UPDATE conversation SET visitor_name = ? WHERE contact_id = ?').bind(name, id),
  ];
}

/** A verified one is the person's own, and stays. */
function putAddresses(
  db: D1Database,
  id: ContactId,
  { kind, values, at }: { kind: 'email' | 'phone'; values: readonly string[]; at: number },
): D1PreparedStatement[] {
  const list = JSON.stringify(values);
  return [
    db
      .prepare(
        `DELETE FROM contact_identity WHERE contact_id = ?1 AND kind = ?2 AND verified = 0
          AND value NOT IN (SELECT value FROM json_each(?3))`,
      )
      .bind(id, kind, list),
    db
      .prepare(
        `INSERT INTO contact_identity (kind, value, contact_id, verified, created_at)
        SELECT ?2, value, ?1, 0, ?4 + key FROM json_each(?3) WHERE true
        ON CONFLICT DO NOTHING`,
      )
      .bind(id, kind, list, at),
  ];
}

export async function setBlocked(
  db: D1Database,
  contactId: ContactId,
  isBlocked: boolean,
  { by, at }: By,
): Promise<void> {
  const kind = isBlocked ? 'blocked' : 'unblocked';
  await db.batch([
    db
      .prepare('UPDATE contact SET blocked_at = ?, blocked_by = ? WHERE id = ?')
      .bind(isBlocked ? at : null, isBlocked ? by.id : null, contactId),
    db.prepare(MAKE_KNOWN).bind(contactId),
    putChange(db, contactId, { kind, by, at, fields: [] }),
  ]);
}

/** Whether agents have blocked the contact of a visitor. */
export async function isBlocked(db: D1Database, visitorId: VisitorId): Promise<boolean> {
  const row = await db
    .prepare(
      `SELECT 1 FROM contact WHERE blocked_at IS NOT NULL AND id IN (
        SELECT contact_id FROM contact_identity
        WHERE kind = '${LIVECHAT}' AND value = ? AND verified = 1)`,
    )
    .bind(visitorId)
    .first();
  return row !== null;
}

/** By what the channels know the contact. */
export async function visitorIdsOf(db: D1Database, contactId: ContactId): Promise<VisitorId[]> {
  const { results } = await db
    .prepare(
      `SELECT value FROM contact_identity WHERE contact_id = ? AND kind NOT IN ('email', 'phone')`,
    )
    .bind(contactId)
    .all<{ value: string }>();
  return results.map(({ value }) => v.parse(visitorIdSchema, value));
}

/** Those of the contact's conversations that have not ended. @param also one of theirs that may have ended */
export async function openConversationsOf(
  db: D1Database,
  contactId: ContactId,
  also: ConversationId | null = null,
): Promise<ConversationId[]> {
  const { results } = await db
    .prepare('SELECT id FROM conversation WHERE contact_id = ? AND (closed_at IS NULL OR id = ?)')
    .bind(contactId, also)
    .all<{ id: string }>();
  return results.map(({ id }) => v.parse(conversationIdSchema, id));
}
