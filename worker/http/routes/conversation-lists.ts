// Lists of all conversations that an agent may see, as pages and as a file, and what is done with several of them.
// Mounted at /api.

import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import {
  positionIn,
  readQuery,
  spanOf,
  type ConversationList,
  type ListQuery,
} from '#shared/conversation-lists/list.ts';
import { manyCommandBody } from '#shared/conversation-lists/many.ts';
import { fieldsOf } from '#shared/custom-fields.ts';
import { rulesOf } from '#shared/settings/rules-of.ts';
import { extractLocaleFromRequest } from '#messages/compiled/runtime.js';
import {
  listConversationsInFull,
  type ConversationFilter,
  type PageOfConversations,
  type Position,
} from '../../io/conversation-lists.ts';
import { settingsOf } from '../../io/settings.ts';
import { auditOwn } from '../audit.ts';
import { jsonBody } from '../body.ts';
import { csvOfConversations } from '../conversation-csv.ts';
import { conversationColumns } from '../csv-columns.ts';
import { agentBy } from '../identity.ts';
import type { SignedIn } from '../middleware/session.ts';
import { granted, RefusalError } from '../refusal-error.ts';
import { conversationAt } from './conversations.ts';

const PAGE = 50;
const PAGE_OF_FILE = 500;
const STATUSES_OF = {
  queued: ['queued'],
  taken: ['serving', 'held'],
  serving: ['serving'],
  held: ['held'],
} as const;
const DUE_MS = { late: 0, hour: 3_600_000, day: 86_400_000 };

export const conversationLists = new Hono<SignedIn>()
  .get('/conversations', async (c) => {
    const query = queryOf(c);
    const after = query.after === undefined ? null : positionIn(query.after);
    const { conversations, next } = await listOf(c, query, PAGE, after);
    const answer: ConversationList = {
      conversations,
      next: next && `${next.at}.${next.conversationId}`,
    };
    return c.json(answer);
  })

  .get('/conversations.csv', async (c) => {
    const query = queryOf(c);
    await auditOwn(c, 'conversations.exported');
    const pageAfter = (after: Position | null) => listOf(c, query, PAGE_OF_FILE, after);
    const settings = settingsOf(c.env);
    const fields = fieldsOf(rulesOf(settings).customFields, 'conversation');
    const columns = {
      names: conversationColumns(fields, extractLocaleFromRequest(c.req.raw)),
      fields: fields.map(({ id }) => id),
    };
    return c.body(csvOfConversations(pageAfter, settings, columns), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="conversations.csv"',
    });
  })

  // One of several at once: each is answered for itself.
  .post('/conversations/:id/commands', jsonBody(manyCommandBody), async (c) => {
    const { id, command } = c.req.valid('json');
    const by = agentBy(c.var.me);
    return c.json({ seq: granted(await conversationAt(c).perform(by, command, id, 0)) });
  });

function queryOf(c: Context<SignedIn>): ListQuery {
  const parsed = readQuery(new URL(c.req.url).searchParams);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const key = v.getDotPath(issue) ?? 'query';
  throw new RefusalError('body.malformed', { problem: `${key}: ${issue.message}` });
}

function listOf(c: Context<SignedIn>, query: ListQuery, limit: number, after: Position | null) {
  const { agentId, departments, permissions } = c.var.me;
  const seesAll = permissions.includes('conversation.view-all');
  const sight = { agentId, departments: seesAll ? null : departments };
  return listConversationsInFull(c.env.DIRECTORY, sight, filterOf(query, c.env), {
    ...{ limit, order: orderOf(query), isAscending: query.sort === 'oldest' },
    ...(after && { after }),
  });
}

function orderOf({ state, sort }: ListQuery): PageOfConversations['order'] {
  if (state === 'closed') return 'closed';
  return sort === 'last-message' ? 'last-message' : 'opened';
}

function filterOf(query: ListQuery, env: Env): ConversationFilter {
  const { state, status, agent, department, channel, tag, priority, due, contact } = query;
  const { default_priority, sla } = settingsOf(env);
  const isOpen = state === 'open';
  const minutes = Object.fromEntries(sla.map(({ id, due_minutes }) => [id, due_minutes]));
  return {
    isOpen,
    ...(isOpen && status && { statuses: STATUSES_OF[status] }),
    ...(agent && { agentId: agent }),
    ...(department && { departmentId: department }),
    ...(channel && { channel }),
    ...(tag && { tag }),
    ...(priority && { priority: { id: priority, isDefault: priority === default_priority } }),
    ...(contact && { contactId: contact }),
    ...(isOpen && due && { promised: { minutes, before: Date.now() + DUE_MS[due] } }),
    ...(isOpen ? { opened: spanOf(query) } : { closed: spanOf(query) }),
  };
}
