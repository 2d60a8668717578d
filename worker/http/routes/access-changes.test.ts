// The rules of docs/spec/accounts.md about rights that end, through the whole Worker.

import { env, exports } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import type { ConversationId, DepartmentId } from '#shared/ids.ts';
import {
  accessChange,
  departmentStatements,
  limitStatements,
  passwordStatements,
  removeStatements,
  roleStatements,
} from '../../../scripts/accounts.ts';
import { Wire } from '../../../scripts/client/wire.ts';
import type { Statement } from '../../../scripts/sql.ts';
import { addAccount, signedIn } from '../../testing/accounts.ts';
import { eventually } from '../../testing/eventually.ts';
import { aQueuedConversation, queueIn, SALES, stateOf, SUPPORT } from '../../testing/people.ts';

const ORIGIN = 'https://parley.test';
let username: string;
let cookie: string;

beforeEach(async () => {
  username = `rem-${crypto.randomUUID().slice(0, 8)}`;
  await addAccount(username);
  cookie = await signedIn(username);
});

async function line(path: string): Promise<Wire> {
  const { webSocket } = await exports.default.fetch(
    new Request(`${ORIGIN}${path}`, {
      headers: { cookie, upgrade: 'websocket', 'sec-websocket-protocol': 'parley' },
    }),
  );
  if (!webSocket) throw new Error('no upgrade');
  const wire = new Wire(webSocket);
  webSocket.accept();
  return wire;
}

async function at(path: string): Promise<Wire> {
  const wire = await line(path);
  await wire.hello();
  return wire;
}

const tell = (id: string) =>
  exports.default.fetch(new Request(`${ORIGIN}/api/access-changes/${id}`, { method: 'POST' }));

/** What the command line does. */
async function change(statements: readonly Statement[]): Promise<Response> {
  const { id, statement } = accessChange(`agent-${username}`);
  await env.DIRECTORY.batch(
    [...statements, statement].map(({ sql, params }) => env.DIRECTORY.prepare(sql).bind(...params)),
  );
  return tell(id);
}

const sales = () => env.DEPARTMENT.getByName(SALES);

const entryIn = async (departmentId: DepartmentId) =>
  (await env.DEPARTMENT.getByName(departmentId).roster()).find(
    ({ agentId }) => agentId === `agent-${username}`,
  );

/** Two tabs of a workspace, in which they serve one conversation and look at another one. */
async function atWork() {
  const [served, watched] = [await aQueuedConversation(), await aQueuedConversation()];
  const paths = [
    '/ws/agents/me',
    '/ws/departments/sales',
    `/ws/conversations/${served.id}`,
    `/ws/conversations/${watched.id}`,
  ];
  const [own, queue, serving, watching] = [
    await at('/ws/agents/me'),
    await at('/ws/departments/sales'),
    await at(`/ws/conversations/${served.id}`),
    await at(`/ws/conversations/${watched.id}`),
  ];
  const wires = [own, queue, serving, watching];
  for (const path of paths) wires.push(await at(path));
  await own.must({ type: 'availability.set', availability: 'available' });
  await serving.must({ type: 'conversation.take' });
  await eventually(async () => expect((await sales().status(null)).isOnline).toBe(true));
  return { wires, served, watched };
}

const isInQueue = async (id: ConversationId) =>
  (await queueIn(SALES)).some(({ conversationId }) => conversationId === id);

test.each([
  ['account is removed', async () => removeStatements(`agent-${username}`)],
  ['password is new', () => passwordStatements(`agent-${username}`, 'another password')],
])(
  '[AC29] an agent whose %s has no socket left, and what they served is in the queue',
  async (_what, statementsOf) => {
    const { wires, served } = await atWork();
    expect((await change(await statementsOf())).status).toBe(204);
    for (const wire of wires) expect(await wire.closed).toBe(4401);
    await eventually(async () => {
      expect((await stateOf(served.id)).status).toBe('queued');
      expect(await isInQueue(served.id)).toBe(true);
      expect((await sales().status(null)).isOnline).toBe(false);
    });
    expect(await (await line('/ws/agents/me')).closed).toBe(4401);
  },
);

test('[AC29] [DP5] an agent whose account is removed leaves the rosters', async () => {
  await atWork();
  await change(removeStatements(`agent-${username}`));
  await eventually(async () => expect(await entryIn(SALES)).toBeUndefined());
});

test.each([
  ['role', () => roleStatements(`agent-${username}`, 'monitor')],
  ['limit', () => limitStatements(`agent-${username}`, 3)],
  ['departments', () => departmentStatements(`agent-${username}`, [SUPPORT])],
])('[AC30] an agent whose %s changed comes back with it', async (_what, statementsOf) => {
  const { wires, served } = await atWork();
  await change(statementsOf());
  for (const wire of wires) expect(await wire.closed).toBe(4408);
  expect((await (await line('/ws/agents/me')).hello()).type).toBe('welcome');
  expect((await stateOf(served.id)).status).toBe('serving');
});

test('[AC30] [DP5] what an agent may do no more ends with the change', async () => {
  const { watched } = await atWork();
  await change(departmentStatements(`agent-${username}`, [SUPPORT]));
  for (const path of ['/ws/departments/sales', `/ws/conversations/${watched.id}`]) {
    const wire = await line(path);
    wire.send({ type: 'hello', protocol: 2, since: null });
    expect(await wire.closed).toBe(4403);
  }
  await eventually(async () => {
    expect(await entryIn(SALES)).toBeUndefined();
    expect(await entryIn(SUPPORT)).toMatchObject({ online: true });
  });
});

test('[AC9] after signing out, the sockets of this browser find no session', async () => {
  const { wires } = await atWork();
  await exports.default.fetch(
    new Request(`${ORIGIN}/api/session`, { method: 'DELETE', headers: { cookie } }),
  );
  for (const wire of wires) expect(await wire.closed).toBe(4408);
  expect(await (await line('/ws/agents/me')).closed).toBe(4401);
});

test('[AC29] only who can write to the directory can tell of a change, and once', async () => {
  const { id, statement } = accessChange(`agent-${username}`);
  expect((await tell(id)).status).toBe(404);
  await env.DIRECTORY.prepare(statement.sql)
    .bind(...statement.params)
    .run();
  expect((await tell(id)).status).toBe(204);
  expect((await tell(id)).status).toBe(404);
});
