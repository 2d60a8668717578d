// The search over all conversations that an agent may see. Mounted at /api.

import { Hono } from 'hono';
import type { Me } from '#shared/api.ts';
import { searchQuery, type SearchAnswer, type SearchQuery } from '#shared/search/bodies.ts';
import { wantedIn } from '#shared/search/wanted.ts';
import type { Sight } from '../../io/conversation-lists.ts';
import { findHits } from '../../io/search-hits.ts';
import type { SearchFilter } from '../../io/search.ts';
import { queryOf } from '../query.ts';
import type { SignedIn } from '../middleware/session.ts';

export const search = new Hono<SignedIn>().get('/search', async (c) => {
  const query = queryOf(c, searchQuery);
  const { text, order, after = null } = query;
  const wanted = wantedIn(text);
  if (wanted.length === 0) return c.json({ hits: [], next: null } satisfies SearchAnswer);
  const filter = filterOf(query);
  const sight = sightOf(c.var.me);
  const answer = await findHits(c.env.SEARCH, { wanted, sight, filter }, { order, after });
  return c.json(answer satisfies SearchAnswer);
});

const filterOf = ({ department, agent, status, ...others }: SearchQuery): SearchFilter => ({
  ...others,
  departmentId: department,
  agentId: agent,
  isOpen: status && status === 'open',
});

const sightOf = ({ permissions, departments, agentId }: Me): Sight => ({
  departments: permissions.includes('conversation.view-all') ? null : departments,
  agentId,
});
