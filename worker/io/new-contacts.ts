// Contacts whom agents enter, one by one or out of a table (D1).

import * as v from 'valibot';
import { nameKey } from '#shared/contact/name-key.ts';
import type { FieldValues } from '#shared/custom-fields.ts';
import { contactIdSchema, type AgentId, type ContactId } from '#shared/ids.ts';
import { contactInSight } from './contact-record.ts';
import type { Sight } from './conversation-lists.ts';

export interface Address {
  readonly kind: 'email' | 'phone';
  readonly value: string;
}

export interface NewContact {
  readonly contactId: ContactId;
  readonly name: string;
  readonly managerId: AgentId | null;
  readonly addresses: readonly Address[];
  readonly fields: FieldValues;
}

/** Stores them. A retry changes nothing. */
export async function putContacts(
  db: D1Database,
  contacts: readonly NewContact[],
  at: number,
): Promise<void> {
  const rows = contacts.map((contact) => ({ ...contact, nameKey: nameKey(contact.name) }));
  const addresses = contacts.flatMap(({ contactId, addresses: own }) =>
    own.map((address) => ({ contactId, ...address })),
  );
  await db.batch([
    db.prepare(PUT_CONTACTS).bind(JSON.stringify(rows), at),
    db.prepare(PUT_ADDRESSES).bind(JSON.stringify(addresses), at),
  ]);
}

const PUT_CONTACTS = `
  INSERT INTO contact (id, name, name_key, manager_id, custom_fields, is_known, created_at)
  SELECT value ->> 'contactId', value ->> 'name', value ->> 'nameKey', value ->> 'managerId', value -> 'fields',
    1, ?2
  FROM json_each(?1) WHERE true
  ON CONFLICT (id) DO NOTHING`;
/** Only of those who were made just now: an id that somebody has already gets no stranger's address. */
const PUT_ADDRESSES = `
  INSERT INTO contact_identity (kind, value, contact_id, verified, created_at)
  SELECT value ->> 'kind', value ->> 'value', contact.id, 0, ?2 + key
  FROM json_each(?1) JOIN contact ON contact.id = value ->> 'contactId' AND contact.created_at = ?2
  WHERE true
  ON CONFLICT DO NOTHING`;

const ownerSchema = v.object({
  kind: v.picklist(['email', 'phone']),
  value: v.string(),
  contactId: contactIdSchema,
  name: v.string(),
  isInSight: v.pipe(
    v.number(),
    v.transform((flag) => flag === 1),
  ),
});
export type Owner = v.InferOutput<typeof ownerSchema>;

/** Who has the addresses already; of several the first, a verified one before others. */
export async function ownersOf(
  db: D1Database,
  sight: Sight,
  addresses: readonly Address[],
): Promise<Owner[]> {
  const [seen] = contactInSight(sight);
  const { results } = await db
    .prepare(
      `SELECT kind, contact_identity.value, contact.id AS contactId, contact.name,
        ${seen?.sql ?? '1'} AS isInSight
      FROM json_each(?) AS wanted
      JOIN contact_identity ON kind = wanted.value ->> 'kind'
        AND contact_identity.value = wanted.value ->> 'value'
      JOIN contact ON contact.id = contact_id
      ORDER BY verified DESC, contact_identity.created_at, contact.id`,
    )
    .bind(...(seen?.values ?? []), JSON.stringify(addresses))
    .all();
  return v.parse(v.array(ownerSchema), results);
}
