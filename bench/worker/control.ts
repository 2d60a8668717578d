// The benchmark's handles: long logs, long queues, and the ledger of what Cloudflare bills.

import { Hono } from 'hono';
import type { QueueEntry } from '#shared/department.ts';
import { newConversationId } from '#shared/ids.ts';
import type { Env } from '../../worker/env.ts';
import type { Conversation } from './index.ts';
import { ledger } from './ledger.ts';

const PUTS_AT_ONCE = 200;
const DAY_MS = 86_400_000;

export const control = new Hono<{ Bindings: Env }>()
  .post('/bench/conversations/:id/fill/:count', async (c) => {
    await conversationOf(c.env, c.req.param('id')).fill(Number(c.req.param('count')));
    return c.body(null, 204);
  })

  .post('/bench/conversations/:id/evict', async (c) => {
    // The call ends with the instance that it was made to.
    await conversationOf(c.env, c.req.param('id'))
      .evict()
      .catch(() => {});
    return c.body(null, 204);
  })

  .post('/bench/departments/:id/queue/:count', async (c) => {
    const department = c.env.DEPARTMENT.getByName(c.req.param('id'));
    const entries = Array.from({ length: Number(c.req.param('count')) }, (_, index) =>
      entry(index),
    );
    for (let at = 0; at < entries.length; at += PUTS_AT_ONCE) {
      const some = entries.slice(at, at + PUTS_AT_ONCE);
      await Promise.all(some.map((one) => department.put(one, [])));
    }
    return c.body(null, 204);
  })

  /** Begins counting anew. */
  .delete('/bench/ledger', (c) => {
    ledger.watchDirectory(c.env.DIRECTORY);
    ledger.reset();
    return c.body(null, 204);
  })

  .get('/bench/ledger', (c) => c.json(ledger.read()));

/** In this bundle every conversation is one of the benchmark's. */
const conversationOf = (env: Env, id: string) =>
  (env.CONVERSATION as unknown as DurableObjectNamespace<Conversation>).getByName(id);

/** Somebody who has waited since yesterday, and is not there any more. */
const entry = (index: number): QueueEntry => ({
  conversationId: newConversationId(),
  seq: 2,
  visitorName: `Visitor ${index}`,
  queuedAt: Date.now() - DAY_MS + index,
  preview: 'Is the fern in stock?',
  priority: 'normal',
  rank: 0,
  dueAt: null,
  openedAt: Date.now() - DAY_MS + index,
  lostBy: null,
});
