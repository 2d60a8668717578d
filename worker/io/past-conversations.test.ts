import { env } from 'cloudflare:workers';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import {
  agentIdSchema,
  contactIdOfVisitor,
  departmentIdSchema,
  newConversationId,
  newVisitorId,
} from '#shared/ids.ts';
import { aConversationRow } from '../testing/conversation-row.ts';
import { SALES, SUPPORT } from '../testing/people.ts';
import { positionSchema } from './contact-changes.ts';
import { findContact } from './contact-record.ts';
import { ensureContact } from './contacts.ts';
import type { Sight } from './conversation-lists.ts';
import { putConversation } from './conversations.ts';
import { listPastConversations } from './past-conversations.ts';

const db = env.DIRECTORY;
const agentId = v.parse(agentIdSchema, 'noor');
const all: Sight = { departments: null, agentId };

async function aContact() {
  const visitorId = newVisitorId();
  const id = contactIdOfVisitor(visitorId);
  const identity = { kind: 'livechat', value: visitorId, verified: true };
  await ensureContact(db, identity, { id, name: 'Visitor 7', at: 1 });
  return id;
}

test('[CI11] it lists those that the agent may see, the latest first, in pages that leave nothing out', async () => {
  const contactId = await aContact();
  const elsewhere = v.parse(departmentIdSchema, 'garden');
  for (let nth = 1; nth <= 45; nth++) {
    const departmentId = nth % 3 === 0 ? elsewhere : nth % 3 === 1 ? SALES : SUPPORT;
    // Two at a time opened at the same moment.
    const at = { openedAt: 1000 + Math.floor(nth / 2), closedAt: 2000 };
    await putConversation(
      db,
      aConversationRow({
        ...{ contactId, departmentId, ...at, status: 'closed', preview: String(nth) },
        ...{ tags: ['Order'], comment: 'Done', agentId: nth === 3 ? agentId : null },
      }),
    );
  }
  const sight: Sight = { departments: [SALES, SUPPORT], agentId };
  const seen: number[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const position = after === undefined ? null : v.parse(positionSchema, after);
    const page = await listPastConversations(db, sight, contactId, position);
    seen.push(...page.conversations.map(({ preview }) => Number(preview)));
    expect(page.conversations[0]).toMatchObject({
      ...{ channel: 'livechat', tags: ['Order'], comment: 'Done', status: 'closed' },
    });
    after = page.next;
  }
  const expected = Array.from({ length: 45 }, (_, index) => index + 1).filter(
    (nth) => nth % 3 !== 0 || nth === 3,
  );
  expect(seen.toSorted((one, other) => one - other)).toEqual(expected);
  const half = (nth: number) => Math.floor(nth / 2);
  expect(seen.map(half)).toEqual(seen.map(half).toSorted((one, other) => other - one));
});

test('[CI11] the conversations of a contact who became part of another one are that one’s', async () => {
  const [kept, merged] = [await aContact(), await aContact()];
  await db.batch([
    db.prepare('UPDATE contact SET merged_into = ? WHERE id = ?').bind(kept, merged),
    db.prepare(`UPDATE contact SET name = 'Iris' WHERE id = ?`).bind(kept),
  ]);
  const earlier = aConversationRow({ contactId: kept });
  const later = aConversationRow({
    ...{ contactId: merged, previousId: earlier.conversationId, openedAt: 3000 },
  });
  for (const row of [earlier, later]) await putConversation(db, row);
  const { conversations } = await listPastConversations(db, all, kept, null);
  expect(conversations).toMatchObject([
    { conversationId: later.conversationId, visitorName: 'Iris' },
    { conversationId: earlier.conversationId },
  ]);
  expect(await findContact(db, merged, all)).toMatchObject({ contactId: kept, name: 'Iris' });
  const stored = db.prepare('SELECT previous_id FROM conversation WHERE id = ?');
  expect(await stored.bind(later.conversationId).first()).toEqual({
    previous_id: earlier.conversationId,
  });
});

test('[CI8] only an end stores the last message, and only with a contact who is listed', async () => {
  const [known, anonymous] = [await aContact(), await aContact()];
  await db.prepare('UPDATE contact SET is_known = 1 WHERE id = ?').bind(known).run();
  const lastOf = (id: string) =>
    db
      .prepare('SELECT last_message_at FROM contact WHERE id = ?')
      .bind(id)
      .first('last_message_at');
  for (const contactId of [known, anonymous]) {
    const row = aConversationRow({ contactId, lastMessageAt: 5000 });
    await putConversation(db, row);
    expect(await lastOf(contactId)).toBe(1);
    const end = { seq: 9, status: 'closed', closedAt: 6000 } as const;
    await putConversation(db, { ...row, ...end });
    // An older row of another conversation does not turn it back.
    await putConversation(db, {
      ...{ ...row, ...end, conversationId: newConversationId(), lastMessageAt: 4000 },
    });
  }
  expect(await lastOf(known)).toBe(5000);
  expect(await lastOf(anonymous)).toBe(1);
  expect(await findContact(db, anonymous, all)).toMatchObject({ lastMessageAt: 5000 });
});
