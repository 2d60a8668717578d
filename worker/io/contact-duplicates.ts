// Contacts who share an address, and so may be one person (D1).

import * as v from 'valibot';
import { duplicatesBody, type Duplicate } from '#shared/contact/merge.ts';
import type { ContactId } from '#shared/ids.ts';
import { contactInSight } from './contact-record.ts';
import { condition, type Sight } from './conversation-lists.ts';

/** An address that many typed in says little. */
const MOST = 20;

const rowSchema = v.object({
  contactId: duplicatesBody.entries.duplicates.item.entries.contactId,
  name: v.string(),
  shared: v.pipe(
    v.string(),
    v.parseJson(),
    v.array(
      v.pipe(
        v.object({ kind: v.picklist(['email', 'phone']), value: v.string(), verified: v.number() }),
        v.transform(({ verified, ...address }) => ({ ...address, isVerified: verified === 1 })),
      ),
    ),
  ),
});

/** Whom the agent may see of those who may be the same person, those who share a verified address first. */
export async function findDuplicates(
  db: D1Database,
  sight: Sight,
  contactId: ContactId,
): Promise<Duplicate[]> {
  const conditions = [
    condition(`own.contact_id = ? AND own.kind IN ('email', 'phone')`, contactId),
    condition('contact.merged_into IS NULL'),
    ...contactInSight(sight),
  ];
  const { results } = await db
    .prepare(
      `SELECT contact.id AS contactId, contact.name,
        json_group_array(json_object('kind', own.kind, 'value', own.value,
          'verified', max(own.verified, other.verified))) AS shared
      FROM contact_identity AS own
      JOIN contact_identity AS other ON other.kind = own.kind AND other.value = own.value
        AND other.contact_id <> own.contact_id
      JOIN contact ON contact.id = other.contact_id
      WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
      GROUP BY contact.id
      ORDER BY max(max(own.verified, other.verified)) DESC, count(*) DESC, contact.name_key, contact.id
      LIMIT ${MOST}`,
    )
    .bind(...conditions.flatMap(({ values }) => values))
    .all();
  return v.parse(v.array(rowSchema), results);
}
