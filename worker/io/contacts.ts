// The contacts: the stored record of people who wrote, and what they are known by (D1).

import * as v from 'valibot';
import { nameKey } from '#shared/contact/name-key.ts';
import { agentIdSchema, type AgentId, type ContactId, type ConversationId } from '#shared/ids.ts';

/** What a contact is known by. */
export interface ContactIdentity {
  /** `livechat`, `email`, `phone`, or the name of a channel. */
  readonly kind: string;
  /** The visitor's id, an address, a number. */
  readonly value: string;
  /** Proven by a signed token or by the platform, not typed into a form. */
  readonly verified: boolean;
}

interface NewContact {
  /** Of the contact to make, when nobody is known by the identity yet. */
  readonly id: ContactId;
  readonly name: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

// A verified identity is one contact's alone.
const IS_NEW = `NOT EXISTS (
  SELECT 1 FROM contact_identity WHERE kind = ?2 AND value = ?3 AND (verified = 1 OR contact_id = ?1))`;

const standingSchema = v.object({
  name: v.string(),
  isBlocked: v.pipe(
    v.number(),
    v.transform((flag) => flag === 1),
  ),
});

/** What a conversation must know of its contact. */
export type ContactStanding = v.InferOutput<typeof standingSchema>;

/**
 * Makes the contact who is known by an identity, unless there is one. A name that was corrected stays. Answers with
 * the contact as they are now; null for a claimed identity, which may be anybody's.
 */
export async function ensureContact(
  db: D1Database,
  { kind, value, verified }: ContactIdentity,
  { id, name, at }: NewContact,
): Promise<ContactStanding | null> {
  const [, , standing] = await db.batch([
    db
      .prepare(
        `INSERT INTO contact (id, name, name_key, created_at, last_message_at)
        SELECT ?1, ?4, ?6, ?5, ?5 WHERE ${IS_NEW}
        ON CONFLICT (id) DO NOTHING`,
      )
      .bind(id, kind, value, name, at, nameKey(name)),
    db
      .prepare(
        `INSERT INTO contact_identity (kind, value, contact_id, verified, created_at)
        SELECT ?2, ?3, ?1, ?4, ?5 WHERE ${IS_NEW}`,
      )
      .bind(id, kind, value, verified ? 1 : 0, at),
    db
      .prepare(
        `SELECT name, blocked_at IS NOT NULL AS isBlocked FROM contact
        WHERE id = (SELECT contact_id FROM contact_identity WHERE kind = ? AND value = ? AND verified = 1)`,
      )
      .bind(kind, value),
  ]);
  const row = standing?.results[0];
  return row === undefined ? null : v.parse(standingSchema, row);
}

const preferencesSchema = v.object({
  managerId: v.nullable(agentIdSchema),
  lastAgentId: v.nullable(agentIdSchema),
});

export interface AgentPreferences {
  readonly managerId: AgentId | null;
  /** Who served the contact's last conversation to its end. */
  readonly lastAgentId: AgentId | null;
}

/** Who should serve the contact who is known by a verified identity; whether they can is not known here. */
export async function agentPreferences(
  db: D1Database,
  { kind, value }: Pick<ContactIdentity, 'kind' | 'value'>,
): Promise<AgentPreferences> {
  const row = await db
    .prepare(
      `SELECT manager_id AS managerId,
        (SELECT agent_id FROM conversation
          WHERE contact_id = contact.id AND closed_at IS NOT NULL AND agent_id IS NOT NULL
          ORDER BY opened_at DESC LIMIT 1) AS lastAgentId
      FROM contact
      WHERE id = (SELECT contact_id FROM contact_identity WHERE kind = ? AND value = ? AND verified = 1)`,
    )
    .bind(kind, value)
    .first();
  return row === null ? { managerId: null, lastAgentId: null } : v.parse(preferencesSchema, row);
}

interface Preferring {
  /** The agent whom the visitor's page asks for. */
  readonly wanted: AgentId | null;
  /** Whether the settings prefer the agent who served the contact last. */
  readonly lastAgentFirst: boolean;
}

/** Who should get a contact's new conversation, the first of them first. */
export async function preferredAgents(
  db: D1Database,
  identity: Pick<ContactIdentity, 'kind' | 'value'>,
  { wanted, lastAgentFirst }: Preferring,
): Promise<AgentId[]> {
  const { managerId, lastAgentId } = await agentPreferences(db, identity);
  return [wanted, managerId, lastAgentFirst ? lastAgentId : null].filter((id) => id !== null);
}

const reachSchema = v.array(v.object({ kind: v.picklist(['email', 'phone']), value: v.string() }));

/** How the contact of a conversation can be reached: what is verified before what is not, the latest first. */
export async function findReach(
  db: D1Database,
  { conversationId, contactId }: { conversationId: ConversationId; contactId: ContactId },
): Promise<{ email: string | null; phone: string | null }> {
  const { results } = await db
    .prepare(
      `SELECT kind, value FROM contact_identity
      WHERE contact_id = coalesce((SELECT contact_id FROM conversation WHERE id = ?), ?)
        AND kind IN ('email', 'phone')
      ORDER BY verified DESC, created_at DESC`,
    )
    .bind(conversationId, contactId)
    .all();
  const found = v.parse(reachSchema, results);
  const first = (wanted: string) => found.find(({ kind }) => kind === wanted)?.value ?? null;
  return { email: first('email'), phone: first('phone') };
}
