import { env } from 'cloudflare:workers';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import {
  agentIdSchema,
  contactIdOfVisitor,
  newConversationId,
  newVisitorId,
  type VisitorId,
} from '#shared/ids.ts';
import { aConversationRow } from '../testing/conversation-row.ts';
import { addAccount } from '../testing/accounts.ts';
import { agentPreferences, ensureContact, preferredAgents } from './contacts.ts';
import { putConversation } from './conversations.ts';

const db = env.DIRECTORY;
const agent = (id: string) => v.parse(agentIdSchema, id);

const livechat = (visitorId: VisitorId) => ({
  kind: 'livechat',
  value: visitorId,
  verified: true,
});
const ensure = (visitorId: VisitorId, name = 'Visitor 7', at = 1000) =>
  ensureContact(db, livechat(visitorId), { id: contactIdOfVisitor(visitorId), name, at });

const contactsOf = async (value: string) =>
  (
    await db
      .prepare(
        `SELECT contact.*, verified FROM contact_identity JOIN contact ON contact.id = contact_id
        WHERE value = ? ORDER BY contact.id`,
      )
      .bind(value)
      .all()
  ).results;

test('[AC19] a visitor becomes one contact, with the visitor’s id, whose corrected name stays', async () => {
  const visitorId = newVisitorId();
  await ensure(visitorId);
  const contact = { id: visitorId, name: 'Visitor 7', created_at: 1000, verified: 1 };
  expect(await contactsOf(visitorId)).toMatchObject([contact]);

  await db.prepare(`UPDATE contact SET name = 'Iris' WHERE id = ?`).bind(visitorId).run();
  await ensure(visitorId, 'Visitor 7', 3000);
  expect(await contactsOf(visitorId)).toMatchObject([{ ...contact, name: 'Iris' }]);
});

test('[AC25] a visitor whom an agent has joined to another contact stays joined', async () => {
  const [first, second] = [newVisitorId(), newVisitorId()];
  await ensure(first, 'Iris');
  await ensure(second);
  await db.batch([
    db
      .prepare('UPDATE contact_identity SET contact_id = ? WHERE value = ?')
      .bind(contactIdOfVisitor(first), second),
    db.prepare('DELETE FROM contact WHERE id = ?').bind(second),
  ]);
  await ensure(second);
  expect(await contactsOf(second)).toMatchObject([{ id: first, name: 'Iris' }]);
  const left = await db.prepare('SELECT 1 FROM contact WHERE id = ?').bind(second).first();
  expect(left).toBeNull();
});

test('[AC25] an address that was only typed in joins nobody', async () => {
  const typed = { kind: 'email', value: `${newVisitorId()}@shop.example`, verified: false };
  const [first, second] = [newVisitorId(), newVisitorId()].map(contactIdOfVisitor).sort();
  for (const id of [first, second, first]) {
    if (id) await ensureContact(db, typed, { id, name: 'Iris', at: 1 });
  }
  expect(await contactsOf(typed.value)).toMatchObject([{ id: first }, { id: second }]);
  expect(await agentPreferences(db, typed)).toEqual({ managerId: null, lastAgentId: null });
});

test('[RT7] the agent whom the page names comes first, then the manager, then the last agent', async () => {
  await addAccount('manny');
  const visitorId = newVisitorId();
  const identity = livechat(visitorId);
  const all = { wanted: agent('wendy'), lastAgentFirst: true };
  expect(await preferredAgents(db, identity, all)).toEqual(['wendy']);

  await ensure(visitorId);
  await db
    .prepare('UPDATE contact SET manager_id = ? WHERE id = ?')
    .bind('agent-manny', visitorId)
    .run();
  const ended = (agentId: string | null, openedAt: number) =>
    putConversation(
      db,
      aConversationRow({
        conversationId: newConversationId(),
        contactId: contactIdOfVisitor(visitorId),
        status: 'closed',
        agentId: agentId === null ? null : agent(agentId),
        openedAt,
        closedAt: openedAt + 1,
      }),
    );
  await ended('larry', 2000);
  await ended('older', 1000);
  await ended(null, 3000);
  expect(await preferredAgents(db, identity, all)).toEqual(['wendy', 'agent-manny', 'larry']);
  expect(await preferredAgents(db, identity, { wanted: null, lastAgentFirst: false })).toEqual([
    'agent-manny',
  ]);
});
