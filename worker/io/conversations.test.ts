import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { aConversationRow } from '../testing/conversation-row.ts';
import { putConversation } from './conversations.ts';

const db = env.DIRECTORY;

const stored = (id: string) =>
  db.prepare('SELECT * FROM conversation WHERE id = ?').bind(id).first();

test('[AC18] an older row of a conversation changes nothing', async () => {
  const first = aConversationRow({ seq: 5, status: 'serving', preview: 'newer' });
  await putConversation(db, first);
  await putConversation(db, { ...first, seq: 4, status: 'queued', preview: 'older' });
  expect(await stored(first.conversationId)).toMatchObject({ seq: 5, preview: 'newer' });
  await putConversation(db, { ...first, seq: 6, status: 'closed', closedAt: 9 });
  expect(await stored(first.conversationId)).toMatchObject({ seq: 6, status: 'closed' });
});

test('[AC20] a conversation follows only one of the same contact', async () => {
  const earlier = aConversationRow();
  await putConversation(db, earlier);
  const { conversationId: previousId, contactId } = earlier;
  const later = aConversationRow({ previousId, contactId });
  const foreign = aConversationRow({ previousId });
  await putConversation(db, later);
  await putConversation(db, foreign);
  expect(await stored(later.conversationId)).toMatchObject({ previous_id: previousId });
  expect(await stored(foreign.conversationId)).toMatchObject({ previous_id: null });
});
