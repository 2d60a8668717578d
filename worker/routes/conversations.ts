// A conversation over HTTP: what a page is rendered from, and the log's earlier pages. Mounted at /api.

import { Hono } from 'hono';
import * as v from 'valibot';
import { conversationIdSchema, type ConversationId } from '#shared/ids.ts';
import type { Outcome } from '#shared/refusals.ts';
import { agentBy, requireSomebody } from '../identity.ts';
import { visitorOriginsOnly } from '../middleware/origin.ts';
import { requireAgent, type SignedIn } from '../middleware/session.ts';
import { Refused } from '../refused.ts';

const beforeSchema = v.pipe(
  v.string(),
  v.regex(/^[1-9]\d{0,14}$/, 'a whole number above 0'),
  v.transform(Number),
);

export const conversations = new Hono<SignedIn>()
  .get('/conversations/:id', requireAgent, async (c) => {
    const conversation = c.env.CONVERSATION.getByName(idOf(c.req.param('id')));
    return c.json(granted(await conversation.snapshot(agentBy(c.var.me))));
  })

  .use('/conversations/:id/events', visitorOriginsOnly)
  .get('/conversations/:id/events', async (c) => {
    const before = v.safeParse(beforeSchema, c.req.query('before'));
    if (!before.success) {
      throw new Refused('body.malformed', { problem: 'before must be a whole number above 0' });
    }
    const by = await requireSomebody(c);
    return c.json(
      granted(await c.env.CONVERSATION.getByName(idOf(c.req.param('id'))).page(by, before.output)),
    );
  });

function idOf(param: string): ConversationId {
  const id = v.safeParse(conversationIdSchema, param);
  if (!id.success) throw new Refused('conversation.unknown');
  return id.output;
}

function granted<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw Refused.from(outcome.refusal);
  return outcome.value;
}
