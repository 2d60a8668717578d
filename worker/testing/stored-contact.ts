// A contact in the directory, for tests.

import { nameKey } from '#shared/contact/name-key.ts';
import { newContactId, type AgentId, type ContactId } from '#shared/ids.ts';

interface StoredContact {
  readonly name: string;
  readonly isKnown: boolean;
  readonly managerId: AgentId | null;
  readonly blockedAt: number | null;
  readonly createdAt: number;
  readonly lastMessageAt: number;
  /** Each of kind, value and whether it is verified. */
  readonly identities: readonly (readonly [kind: string, value: string, verified?: boolean])[];
}

export async function storeContact(
  db: D1Database,
  changes: Partial<StoredContact> = {},
): Promise<ContactId> {
  const contact: StoredContact = {
    ...{ name: 'Ivy Green', isKnown: true, managerId: null, blockedAt: null },
    ...{ createdAt: 1000, lastMessageAt: 0, identities: [] },
    ...changes,
  };
  const id = newContactId();
  await db.batch([
    db
      .prepare(
        `INSERT INTO contact (id, name, name_key, is_known, manager_id, blocked_at, created_at,
          last_message_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .bind(
        ...[id, contact.name, nameKey(contact.name), contact.isKnown ? 1 : 0, contact.managerId],
        ...[contact.blockedAt, contact.createdAt, contact.lastMessageAt],
      ),
    ...contact.identities.map(([kind, value, verified = false]) =>
      db
        .prepare('INSERT INTO contact_identity VALUES (?, ?, ?, ?, 1000)')
        .bind(kind, value, id, verified ? 1 : 0),
    ),
  ]);
  return id;
}
