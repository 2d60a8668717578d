// What an operator does, through the whole Worker.

import { env, exports } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import { putUndelivered } from '../../io/undelivered.ts';
import { eventually } from '../../testing/eventually.ts';
import { addAccount, signedIn } from '../../testing/accounts.ts';
import { waits } from '../../testing/served.ts';
import {
  anAgent,
  aQueuedConversation,
  aServedConversation,
  aVisitor,
  queueIn,
  SALES,
  stateOf,
} from '../../testing/people.ts';

let cookie: string;
beforeAll(async () => {
  await addAccount('ops', { role: 'admin', departments: [] });
  cookie = await signedIn('ops');
});

const ask = (path: string, method = 'GET', body?: object) =>
  exports.default.fetch(
    new Request(`https://parley.test${path}`, {
      method,
      headers: { cookie, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );

/** The rows of these conversations; the department may remember others, which earlier files made. */
async function indexOf(ids: readonly string[]): Promise<Record<string, unknown>[]> {
  const { results } = await env.DIRECTORY.prepare('SELECT * FROM conversation ORDER BY id').all();
  return results.filter(({ id }) => ids.includes(String(id)));
}

async function rebuild(projection: string | null, departmentId: string): Promise<number> {
  let total = 0;
  let after: object | null = null;
  for (;;) {
    const response = await ask('/api/rebuild', 'POST', { projection, departmentId, after });
    const { rebuilt, next } = await response.json<{ rebuilt: number; next: object | null }>();
    total += rebuilt;
    if (next === null) return total;
    after = next;
  }
}

test.each(['index', null])(
  '[DC7] the index is rebuilt from the logs by the name %s',
  async (name) => {
    const ids: string[] = [];
    for (let count = 0; count < 30; count += 1) ids.push((await aQueuedConversation()).id);
    const { id, agentWire } = await aServedConversation(anAgent('Noor'));
    ids.push(id);
    await agentWire.must({ type: 'conversation.end', comment: 'Done' });
    await eventually(async () => {
      const rows = await indexOf(ids);
      expect(rows).toHaveLength(31);
      expect(rows.filter(({ status }) => status === 'closed')).toHaveLength(1);
    });
    const before = await indexOf(ids);
    await env.DIRECTORY.exec('DELETE FROM conversation');
    expect(await rebuild(name, 'sales')).toBeGreaterThanOrEqual(31);
    expect(await indexOf(ids)).toEqual(before);
  },
);

test('[DC7] something that is not derived from the logs can’t be rebuilt', async () => {
  for (const projection of ['horoscope', 'toString']) {
    const body = { projection, departmentId: 'sales', after: null };
    const response = await ask('/api/rebuild', 'POST', body);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      refusal: { code: 'projection.unknown', details: { projection } },
    });
  }
});

test('[DC6] what was given up can be seen and requeued', async () => {
  const { id } = await aQueuedConversation();
  await putUndelivered(env.DIRECTORY, {
    actor: 'conversation',
    actorId: id,
    outboxId: 1,
    effects: '[]',
    problem: 'Error: the mailer is down',
    givenUpAt: 1,
  });
  const seen = await (await ask('/api/undelivered')).json<{ id: string; problem: string }[]>();
  expect(seen).toMatchObject([{ actorId: id, problem: 'Error: the mailer is down' }]);
  expect((await ask(`/api/undelivered/${seen[0]?.id}/requeue`, 'POST')).status).toBe(204);
  expect(await (await ask('/api/undelivered')).json()).toEqual([]);
  expect((await ask(`/api/undelivered/${seen[0]?.id}/requeue`, 'POST')).status).toBe(404);
});

test('[DP11] what waits is ended page by page: a visitor’s, or what opened long ago', async () => {
  const [visitor, other] = [aVisitor(), aVisitor()];
  const mine = [await aQueuedConversation(visitor), await aQueuedConversation(visitor)];
  const others = await aQueuedConversation(other);
  const keys = async () => (await queueIn(SALES)).map(({ conversationId }) => conversationId);
  for (const { id } of [...mine, others]) await waits(SALES, id);
  expect(await endQueue({ visitorId: visitor.visitorId })).toBe(2);
  for (const { id, wire } of mine) {
    expect(await wire.event('conversation.ended')).toMatchObject({ because: 'waited-too-long' });
    await eventually(async () => expect(await keys()).not.toContain(id));
  }
  expect(await keys()).toContain(others.id);
  expect(await endQueue({ visitorId: visitor.visitorId })).toBe(0);
  const { openedAt } = await stateOf(others.id);
  expect(await endQueue({ visitorId: other.visitorId, openedBefore: openedAt })).toBe(0);
  expect(await endQueue({ openedBefore: openedAt + 1 })).toBeGreaterThanOrEqual(1);
  await eventually(async () => expect(await keys()).not.toContain(others.id));
});

async function endQueue(which: object): Promise<number> {
  let total = 0;
  let after: object | null = null;
  do {
    const nothing = { departmentId: SALES, visitorId: null, openedBefore: null };
    const response = await ask('/api/queue/end', 'POST', { ...nothing, ...which, after });
    const { ended, next } = await response.json<{ ended: number; next: object | null }>();
    total += ended;
    after = next;
  } while (after !== null);
  return total;
}
