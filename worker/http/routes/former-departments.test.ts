// Conversations of a department that the settings no longer have, through the whole Worker.

import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import * as v from 'valibot';
import { beforeAll, expect, test } from 'vitest';
import { offlineMessagesBody, workspaceBody, type Workspace } from '#shared/api.ts';
import {
  departmentIdSchema,
  newCommandId,
  newOfflineMessageId,
  type ConversationId,
} from '#shared/ids.ts';
import { addAccount, signedIn } from '../../testing/accounts.ts';
import { eventually } from '../../testing/eventually.ts';
import {
  agentActorOf,
  anAgent,
  aQueuedConversation,
  at,
  atDepartment,
  atOwnStream,
  codeOf,
  conversationOf,
  SALES,
  stateOf,
  SUPPORT,
} from '../../testing/people.ts';

const GARDEN = v.parse(departmentIdSchema, 'garden');
const garden = () => env.DEPARTMENT.getByName(GARDEN);

const cookies: Record<string, string> = {};
beforeAll(async () => {
  await addAccount('gina', { role: 'manager', departments: [] });
  await addAccount('gus', { departments: ['sales'] });
  for (const name of ['gina', 'gus']) cookies[name] = await signedIn(name);
});

const get = async (path: string, name: string): Promise<unknown> =>
  (
    await exports.default.fetch(
      new Request(`https://parley.test${path}`, { headers: { cookie: cookies[name] ?? '' } }),
    )
  ).json();
const workspaceOf = async (name: string): Promise<Workspace> =>
  v.parse(workspaceBody, await get('/api/workspace', name));

/** One that waits in Garden, which the settings had when it opened. */
async function aConversationLeftBehind() {
  const { id, visitor } = await aQueuedConversation();
  const watched = env.DEPARTMENT.getByName(SALES);
  const key = { conversationId: id, visitorId: visitor.visitorId };
  await eventually(async () => expect(await queueOf('sales', id)).toBe(true));
  const [entry] = (await queue('sales')).filter(({ conversationId }) => conversationId === id);
  if (!entry) throw new Error('it waits');
  await watched.remove(key, 3);
  await runInDurableObject(conversationOf(id), (_instance, { storage }) => {
    storage.sql.exec(`UPDATE event SET body = replace(body, '"sales"', '"garden"')`);
    storage.sql.exec('DELETE FROM fold');
  });
  await evictDurableObject(conversationOf(id));
  await garden().put(entry, []);
  return { id, visitor };
}

const queue = async (departmentId: string) => {
  const id = v.parse(departmentIdSchema, departmentId);
  const manager = anAgent('Max', { role: 'manager', departments: [] });
  const shown = await env.DEPARTMENT.getByName(id).snapshot(manager);
  return shown.ok ? shown.value.queue : [];
};
const queueOf = async (departmentId: string, id: ConversationId) =>
  (await queue(departmentId)).some(({ conversationId }) => conversationId === id);

test('[DP10] agents who see all find it in their workspace, under the name that the department had', async () => {
  await env.DIRECTORY.exec(`INSERT INTO department VALUES ('garden', 'Garden')`);
  const { id } = await aConversationLeftBehind();
  const { departments, former } = await workspaceOf('gina');
  expect(former).toEqual([{ id: 'garden', name: 'Garden' }]);
  const left = departments.find(({ departmentId }) => departmentId === GARDEN);
  expect(left?.queue.map(({ conversationId }) => conversationId)).toContain(id);
  const gus = await workspaceOf('gus');
  expect([gus.former, gus.departments.map(({ departmentId }) => departmentId)]).toEqual([
    ...[[], ['sales']],
  ]);
});

test('[DP10] the departments of the settings are remembered, with the names that they have', async () => {
  await env.DIRECTORY.exec(`UPDATE department SET name = 'Trade' WHERE id = 'sales'`);
  await workspaceOf('gina');
  const name = await env.DIRECTORY.prepare(`SELECT name FROM department WHERE id = 'sales'`).first(
    'name',
  );
  expect(name).toBe('Sales');
});

test('[DP10] they can take it or pass it on, and nobody else can', async () => {
  const [first, second] = [await aConversationLeftBehind(), await aConversationLeftBehind()];
  const manager = anAgent('Max', { role: 'manager', departments: [] });
  await atOwnStream(manager);
  const watcher = await atDepartment(GARDEN, manager);
  const agent = anAgent('Noor');
  await atOwnStream(agent);
  const stranger = await conversationOf(first.id).perform(
    agent,
    { type: 'conversation.take' },
    newCommandId(),
    9,
  );
  expect(stranger).toMatchObject({ ok: false, refusal: { code: 'conversation.unknown' } });

  const gone = watcher.next(({ events }) => JSON.stringify(events ?? []).includes(first.id));
  await (await at(first.id, manager)).must({ type: 'conversation.take' });
  await gone;
  expect(await stateOf(first.id)).toMatchObject({ status: 'serving', departmentId: 'garden' });

  const passed = await (
    await at(second.id, manager)
  ).command({
    type: 'conversation.forward',
    to: { kind: 'department', departmentId: SUPPORT },
    comment: null,
  });
  expect(codeOf(passed)).toBeUndefined();
  await eventually(async () => expect(await queueOf('support', second.id)).toBe(true));
});

test('[DP13] who was of a department that is gone is looked up again as soon as an object wakes, and nobody else', async () => {
  const { id } = await aQueuedConversation();
  const member = anAgent('Mia', { departments: [SALES, GARDEN] });
  const lead = anAgent('Max', { role: 'manager', departments: [] });
  const theirs = [
    await atOwnStream(member),
    await atDepartment(GARDEN, member),
    await at(id, member),
  ];
  const [queue, conversation] = [await atDepartment(GARDEN, lead), await at(id, lead)];
  for (const stub of [agentActorOf(member), garden(), conversationOf(id)]) {
    await evictDurableObject(stub);
  }
  // Whatever comes first wakes them.
  await agentActorOf(member).snapshot();
  await garden().status(null);
  await stateOf(id);
  for (const wire of theirs) expect(await wire.closed).toBe(4408);
  for (const wire of [queue, conversation]) expect((await wire.hello()).type).toBe('welcome');
});

test('[DP10] its offline messages are listed for them, too', async () => {
  const id = newOfflineMessageId();
  await env.DIRECTORY.prepare(
    `INSERT INTO offline_message (id, department_id, visitor_id, name, email, text, sent_at)
    VALUES (?, 'garden', '', 'Ivy', 'ivy@shop.example', 'Hello', 1)`,
  )
    .bind(id)
    .run();
  const seenBy = async (name: string) =>
    v
      .parse(offlineMessagesBody, await get('/api/offline-messages', name))
      .messages.map((message) => message.id);
  expect(await seenBy('gina')).toContain(id);
  expect(await seenBy('gus')).not.toContain(id);
});
