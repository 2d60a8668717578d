// The benchmark's handles: long logs, long queues, people without accounts, and the ledger of what
// Cloudflare bills.

import { Hono } from 'hono';
import * as v from 'valibot';
import { connectedPrincipalSchema } from '#shared/identity.ts';
import { agentIdSchema, departmentIdSchema } from '#shared/ids.ts';
import { withIdentity } from '../../worker/actors/parts/identity-header.ts';
import { IDENTITY_HEADER } from '../identity-header.ts';
import type { Conversation, Department } from './actors.ts';
import { ledger } from '../../worker/testing/ledger.ts';
import { fillContacts } from './fill-contacts.ts';
import { fillSearch } from './fill-search.ts';
import { openConversation } from './open.ts';

const OPENED_AT_ONCE = 10;
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

  /** Entries without a conversation, before all others or, with `?behind`, after them. */
  .post('/bench/departments/:id/queue/:count', async (c) => {
    const since = Date.now() + (c.req.query('behind') === undefined ? -DAY_MS : DAY_MS);
    // The call ends with the instance that it was made to.
    await departmentOf(c.env, c.req.param('id'))
      .fill(Number(c.req.param('count')), since)
      .catch(() => {});
    return c.body(null, 204);
  })

  .get('/bench/departments/:id/waiting', async (c) => {
    return c.json(await departmentOf(c.env, c.req.param('id')).countWaiting());
  })

  /** Conversations that visitors open, and leave the page. */
  .post('/bench/departments/:id/open/:count', async (c) => {
    const departmentId = v.parse(departmentIdSchema, c.req.param('id'));
    await inTurns(Number(c.req.param('count')), OPENED_AT_ONCE, () =>
      openConversation(c.env, departmentId),
    );
    return c.body(null, 204);
  })

  /** A directory of contacts, who wrote to two departments by turns. */
  .post('/bench/contacts/:count', async (c) => {
    const departments = v.parse(
      v.tuple([departmentIdSchema, departmentIdSchema]),
      c.req.query('of')?.split(','),
    );
    await fillContacts(c.env.DIRECTORY, Number(c.req.param('count')), departments);
    return c.body(null, 204);
  })

  /** More conversations to search in, of all agents and the departments that are named. Answers how many messages. */
  .post('/bench/search/:from/:count', async (c) => {
    const departments = v.parse(v.array(departmentIdSchema), c.req.query('of')?.split(','));
    const { results } = await c.env.DIRECTORY.prepare('SELECT id FROM "user" ORDER BY email').all();
    const agents = v.parse(v.array(v.object({ id: agentIdSchema })), results).map(({ id }) => id);
    const [from, count] = [Number(c.req.param('from')), Number(c.req.param('count'))];
    return c.json(await fillSearch(c.env, { departments, agents }, { from, count }));
  })

  /** Of the search, on disk. */
  .get('/bench/search/bytes', async (c) => {
    const { meta } = await c.env.SEARCH.prepare('SELECT 1').run();
    return c.json(meta.size_after);
  })

  /** A socket for the person that the client names. */
  .get('/bench/sockets/:actor/:name', (c) => {
    const { actor, name } = c.req.param();
    const by = v.parse(
      v.pipe(v.string(), v.parseJson(), connectedPrincipalSchema),
      c.req.header(IDENTITY_HEADER),
    );
    const { AGENT, CONVERSATION, DEPARTMENT } = c.env;
    const namespaces = { agent: AGENT, conversation: CONVERSATION, department: DEPARTMENT };
    const namespace = namespaces[v.parse(v.picklist(ACTORS), actor)];
    return namespace.getByName(name).fetch(withIdentity(c.req.raw, { by, lookedUpAt: Date.now() }));
  })

  /** Starts counting from zero. */
  .delete('/bench/ledger', (c) => {
    ledger.watchDirectory(c.env.DIRECTORY);
    ledger.reset();
    return c.body(null, 204);
  })

  .get('/bench/ledger', (c) => c.json(ledger.read()));

// In this bundle every object is one of the benchmark's.
const conversationOf = (env: Env, id: string) =>
  (env.CONVERSATION as unknown as DurableObjectNamespace<Conversation>).getByName(id);

const departmentOf = (env: Env, id: string) =>
  (env.DEPARTMENT as unknown as DurableObjectNamespace<Department>).getByName(id);

const ACTORS = ['agent', 'conversation', 'department'] as const;

async function inTurns(
  count: number,
  atOnce: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < count; at += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, count - at) }, (_, index) => at + index);
    await Promise.all(some.map(work));
  }
}
