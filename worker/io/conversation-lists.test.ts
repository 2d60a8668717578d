import { env } from 'cloudflare:workers';
import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  agentIdSchema,
  contactIdOfVisitor,
  departmentIdSchema,
  newVisitorId,
} from '#shared/ids.ts';
import { aConversationRow } from '../testing/conversation-row.ts';
import {
  listConversations,
  type ConversationFilter,
  type PageOfConversations,
  type Sight,
} from './conversation-lists.ts';
import { putConversation, type ConversationRow } from './conversations.ts';

const db = env.DIRECTORY;
const agent = (id: string) => v.parse(agentIdSchema, id);
const department = (id: string) => v.parse(departmentIdSchema, id);
const [sales, support] = [department('sales'), department('support')];
const [ada, nobody] = [agent('ada'), agent('nobody')];
const everything: Sight = { departments: null, agentId: nobody };

/** Rows by what they are called in their preview. */
async function put(rows: Record<string, Partial<ConversationRow>>): Promise<void> {
  for (const [preview, changes] of Object.entries(rows)) {
    await putConversation(db, aConversationRow({ ...changes, preview }));
  }
}

const list = (sight: Sight, filter: ConversationFilter, page: Partial<PageOfConversations> = {}) =>
  listConversations(db, sight, filter, { order: 'opened', limit: 10, ...page });

const previews = async (...of: Parameters<typeof list>): Promise<string> =>
  (await list(...of)).conversations.map(({ preview }) => preview).join('');

beforeEach(async () => {
  await db.prepare('DELETE FROM conversation').run();
});

test('[AC21] [RT36] ended conversations come latest first: of the agent’s departments, and their own', async () => {
  const ended = { status: 'closed', agentName: 'Ada' } as const;
  await put({
    a: { ...ended, departmentId: sales, closedAt: 10 },
    b: { ...ended, departmentId: support, closedAt: 30 },
    c: { ...ended, departmentId: sales, closedAt: 20 },
    open: {},
  });
  const order = { order: 'closed' } as const;
  const of = (departments: (typeof sales)[] | null, agentId = nobody, limit = 10) =>
    previews({ departments, agentId }, {}, { ...order, limit });
  expect(await of(null)).toBe('bca');
  expect(await of(null, nobody, 2)).toBe('bc');
  expect(await of([sales])).toBe('ca');
  expect(await of([])).toBe('');
  await put({ d: { ...ended, agentId: ada, departmentId: support, closedAt: 40 } });
  expect(await of([sales], ada)).toBe('dca');
  expect(await of([sales])).toBe('ca');
});

describe('[AC26] a list of conversations is narrowed by', () => {
  const contactId = contactIdOfVisitor(newVisitorId());
  beforeEach(async () => {
    await put({
      a: { departmentId: support, agentId: ada, openedAt: 40, lastMessageAt: 41 },
      b: { status: 'serving', channel: 'whatsapp', openedAt: 30, lastMessageAt: 55 },
      c: { status: 'held', tags: ['Order', 'Bug "1"'], openedAt: 20, lastMessageAt: 20 },
      d: { status: 'closed', priority: 'urgent', openedAt: 10, closedAt: 15, lastMessageAt: 14 },
      e: { contactId, openedAt: 5, lastMessageAt: 6 },
    });
  });

  test.each<[string, ConversationFilter, string]>([
    ['nothing', {}, 'abcde'],
    ['status', { statuses: ['serving', 'held'] }, 'bc'],
    ['no status at all', { statuses: [] }, ''],
    ['department', { departmentId: support }, 'a'],
    ['agent', { agentId: ada }, 'a'],
    ['contact', { contactId }, 'e'],
    ['channel', { channel: 'whatsapp' }, 'b'],
    ['tag', { tag: 'Bug "1"' }, 'c'],
    ['a part of a tag', { tag: 'Bug' }, ''],
    ['priority', { priority: { id: 'urgent', isDefault: false } }, 'd'],
    ['the default priority', { priority: { id: 'normal', isDefault: true } }, 'abce'],
    ['when it opened', { opened: { from: 20, to: 40 } }, 'bc'],
    ['when it ended', { closed: { from: 15 } }, 'd'],
    ['when it was last written in', { lastMessage: { from: 20, to: 42 } }, 'ac'],
    ['several of these', { statuses: ['queued'], opened: { to: 40 } }, 'e'],
  ])('%s', async (_by, filter, found) => {
    expect(await previews(everything, filter)).toBe(found);
  });

  test('and what an agent may not see is never found', async () => {
    expect(await previews({ departments: [support], agentId: nobody }, {})).toBe('a');
  });

  test('and comes in the order that was asked for', async () => {
    expect(await previews(everything, {}, { order: 'last-message' })).toBe('bacde');
    expect(await previews(everything, {}, { order: 'closed' })).toBe('d');
  });
});

test('[AC26] pages of a list leave nothing out and show nothing twice, also at the same instant', async () => {
  for (let index = 0; index < 7; index += 1) {
    await put({ [String(index)]: { openedAt: index < 4 ? 1 : 2 } });
  }
  const seen: string[] = [];
  let after: PageOfConversations['after'];
  for (;;) {
    const { conversations, next } = await list(
      everything,
      {},
      { limit: 3, ...(after && { after }) },
    );
    seen.push(...conversations.map(({ preview }) => preview));
    if (next === null) break;
    after = next;
  }
  expect(seen).toHaveLength(7);
  expect(new Set(seen).size).toBe(7);
});

/** How SQLite goes about a list. */
async function planOf(
  filter: ConversationFilter,
  order: PageOfConversations['order'],
): Promise<string> {
  let plan = '';
  const explain = async (sql: string, values: unknown[]) => {
    const query = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).bind(...values);
    const { results } = await query.all<{ detail: string }>();
    plan = results.map(({ detail }) => detail).join('; ');
    return { results: [] };
  };
  const explaining = {
    prepare: (sql: string) => ({
      bind: (...values: unknown[]) => ({ all: () => explain(sql, values) }),
    }),
  } as unknown as D1Database; // A list calls nothing else of it.
  await listConversations(explaining, everything, filter, { order, limit: 1 });
  return plan;
}

test('[AC26] ended conversations, and those of one contact, are found by an index', async () => {
  expect(await planOf({}, 'closed')).toContain('USING INDEX conversation_closed');
  const contactId = contactIdOfVisitor(newVisitorId());
  expect(await planOf({ contactId }, 'opened')).toContain('USING INDEX conversation_contact');
});

test('[CL12] promised answers that are missing are found by an index', async () => {
  const promised = { minutes: { gold: 15 }, before: 1 };
  expect(await planOf({ isOpen: true, promised }, 'opened')).toContain(
    'USING INDEX conversation_unanswered',
  );
});
