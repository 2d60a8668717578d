// What an operator does, through the whole Worker.

import { env, exports } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import { putUndelivered } from '../../io/undelivered.ts';
import { eventually } from '../../testing/eventually.ts';
import { addAccount, signedIn } from '../../testing/accounts.ts';
import { anAgent, aQueuedConversation, aServedConversation } from '../../testing/people.ts';

let cookie: string;
beforeAll(async () => {
  await addAccount('ops', { role: 'admin', departments: [] });
  cookie = await signedIn('ops');
});

const ask = (path: string, method = 'GET', body?: object) =>
  exports.default.fetch(
    new Request(`http://parley.test${path}`, {
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
