import { env } from 'cloudflare:workers';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { agentIdSchema, departmentIdSchema, newConversationId, newVisitorId } from '#shared/ids.ts';
import { closedConversations, putConversation, type ConversationRow } from './conversations.ts';

const db = env.DIRECTORY;
const agent = (id: string) => v.parse(agentIdSchema, id);
const department = (id: string) => v.parse(departmentIdSchema, id);

const row = (changes: Partial<ConversationRow> = {}): ConversationRow => ({
  conversationId: newConversationId(),
  seq: 1,
  departmentId: department('sales'),
  visitorId: newVisitorId(),
  visitorName: 'Visitor 7',
  status: 'queued',
  agentId: null,
  agentName: null,
  preview: 'Hello',
  previousId: null,
  openedAt: 1000,
  closedAt: null,
  ...changes,
});

const stored = (id: string) =>
  db.prepare('SELECT * FROM conversation WHERE id = ?').bind(id).first();
const contactOf = (visitorId: string) =>
  db.prepare('SELECT * FROM contact WHERE visitor_id = ?').bind(visitorId).first();

test('[AC18] an older word about a conversation changes nothing', async () => {
  const first = row({ seq: 5, status: 'serving', preview: 'newer' });
  await putConversation(db, first);
  await putConversation(db, { ...first, seq: 4, status: 'queued', preview: 'older' });
  expect(await stored(first.conversationId)).toMatchObject({ seq: 5, preview: 'newer' });
  await putConversation(db, { ...first, seq: 6, status: 'closed', closedAt: 9 });
  expect(await stored(first.conversationId)).toMatchObject({ seq: 6, status: 'closed' });
});

test('[AC19] a visitor becomes one contact, whose corrected name stays', async () => {
  const first = row();
  await putConversation(db, first);
  const contact = await contactOf(first.visitorId);
  expect(contact).toMatchObject({ name: 'Visitor 7', created_at: 1000, last_seen_at: 1000 });

  await db.prepare(`UPDATE contact SET name = 'Iris' WHERE id = ?`).bind(contact?.id).run();
  await putConversation(db, row({ visitorId: first.visitorId, openedAt: 3000 }));
  await putConversation(db, row({ visitorId: first.visitorId, openedAt: 2000 }));
  expect(await contactOf(first.visitorId)).toMatchObject({
    id: contact?.id,
    name: 'Iris',
    created_at: 1000,
    last_seen_at: 3000,
  });
});

test('[AC20] a conversation follows only one of the same visitor', async () => {
  const earlier = row();
  await putConversation(db, earlier);
  const { conversationId: previousId, visitorId } = earlier;
  const his = row({ previousId, visitorId });
  const stranger = row({ previousId });
  await putConversation(db, his);
  await putConversation(db, stranger);
  expect(await stored(his.conversationId)).toMatchObject({ previous_id: previousId });
  expect(await stored(stranger.conversationId)).toMatchObject({ previous_id: null });
});

test('[AC21] [RT36] the ended conversations come latest first: of his departments, and his own', async () => {
  await db.prepare('DELETE FROM conversation').run();
  const [sales, support] = [department('sales'), department('support')];
  const ended = { status: 'closed', agentName: 'Ada' } as const;
  await putConversation(db, row({ ...ended, preview: 'a', departmentId: sales, closedAt: 10 }));
  await putConversation(db, row({ ...ended, preview: 'b', departmentId: support, closedAt: 30 }));
  await putConversation(db, row({ ...ended, preview: 'c', departmentId: sales, closedAt: 20 }));
  await putConversation(db, row({ preview: 'open' }));
  const nobody = agent('nobody');

  const previews = async (departments: (typeof sales)[] | null, limit = 10, agentId = nobody) =>
    (await closedConversations(db, { departments, agentId, limit })).map(({ preview }) => preview);
  expect(await previews(null)).toEqual(['b', 'c', 'a']);
  expect(await previews(null, 2)).toEqual(['b', 'c']);
  expect(await previews([sales])).toEqual(['c', 'a']);
  expect(await previews([])).toEqual([]);

  const ada = agent('ada');
  const hers = { ...ended, preview: 'd', agentId: ada, departmentId: support, closedAt: 40 };
  await putConversation(db, row(hers));
  expect(await previews([sales], 10, ada)).toEqual(['d', 'c', 'a']);
  expect(await previews([sales])).toEqual(['c', 'a']);
});
