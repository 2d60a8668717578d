// A conversation as a page is rendered from it, and the search in it. Mounted at /api.

import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { conversationIdSchema } from '#shared/ids.ts';
import { conversationSearchQuery } from '#shared/search/bodies.ts';
import { agentBy } from '../identity.ts';
import type { SignedIn } from '../middleware/session.ts';
import { queryOf } from '../query.ts';
import { granted, RefusalError } from '../refusal-error.ts';

export const conversations = new Hono<SignedIn>()
  .get('/conversations/:id', async (c) =>
    c.json(granted(await conversationAt(c).snapshot(agentBy(c.var.me)))),
  )

  .get('/conversations/:id/search', async (c) => {
    const query = queryOf(c, conversationSearchQuery);
    return c.json(granted(await conversationAt(c).search(agentBy(c.var.me), query)));
  });

/** The conversation that the address names. */
export function conversationAt<E extends { Bindings: Env }>(c: Context<E>) {
  const id = v.safeParse(conversationIdSchema, c.req.param('id'));
  if (!id.success) throw new RefusalError('conversation.unknown');
  return c.env.CONVERSATION.getByName(id.output);
}
