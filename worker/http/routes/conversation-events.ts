// The earlier pages of a conversation's log, for its visitor and for agents. Mounted at /api.

import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { visitorOrAgent } from '../identity.ts';
import { granted, RefusalError } from '../refusal-error.ts';
import { conversationAt } from './conversations.ts';

const beforeSchema = v.pipe(
  v.string(),
  v.regex(/^[1-9]\d{0,14}$/, 'a whole number above 0'),
  v.transform(Number),
);

export const conversationEvents = new Hono<{ Bindings: Env }>().get(
  '/conversations/:id/events',
  async (c) => {
    const before = beforeOf(c);
    const by = await visitorOrAgent(c);
    return c.json(granted(await conversationAt(c).page(by, before)));
  },
);

/** The `seq` that the page ends before. */
export function beforeOf(c: Context): number {
  const before = v.safeParse(beforeSchema, c.req.query('before'));
  if (before.success) return before.output;
  throw new RefusalError('body.malformed', { problem: 'before must be a whole number above 0' });
}
