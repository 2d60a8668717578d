// Inviting a colleague by the API.

import { env, exports } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import * as v from 'valibot';
import { agentIdSchema, newConversationId, type ConversationId } from '#shared/ids.ts';
import { addAccount, codeOf, signedIn } from '../../testing/accounts.ts';
import { audited } from '../../testing/audited.ts';
import { eventually } from '../../testing/eventually.ts';
import { aQueuedConversation, at, atOwnStream, SALES, stateOf } from '../../testing/people.ts';
import { settingsOf } from '../../io/settings.ts';

const cookies = new Map<string, string>();

beforeAll(async () => {
  await addAccount('noor');
  await addAccount('kim');
  await addAccount('mara', { departments: ['support'] });
  await addAccount('omar', { departments: ['support'] });
  for (const name of ['noor', 'kim', 'omar']) cookies.set(name, await signedIn(name));
});

const principal = (username: string, departments = [SALES]) => ({
  ...{ kind: 'agent' as const, agentId: v.parse(agentIdSchema, `agent-${username}`) },
  ...{ name: username, departments, maxConversations: null },
  permissions: settingsOf(env).roles.agent,
});

const invite = (by: string, id: ConversationId, body: object): Promise<Response> =>
  exports.default.fetch(
    new Request(`https://parley.test/api/conversations/${id}/invitations`, {
      method: 'POST',
      headers: { cookie: cookies.get(by) ?? '', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );

/** Noor serves it; Mara is online. */
async function servedByNoor() {
  const { id } = await aQueuedConversation();
  const noor = principal('noor');
  await atOwnStream(noor);
  await atOwnStream(principal('mara', []));
  await (await at(id, noor)).must({ type: 'conversation.take' });
  return id;
}

test('[NT9] [MY19] the agent who serves it invites by username, and the audit log says who did', async () => {
  const id = await servedByNoor();
  expect((await invite('noor', id, { username: '@Mara' })).status).toBe(204);
  expect(await audited('colleague.invited')).toEqual([
    { by: 'agent-noor', about: 'agent-mara', details: JSON.stringify({ conversationId: id }) },
  ]);
  await eventually(async () =>
    expect((await stateOf(id)).helpers).toEqual([{ id: 'agent-mara', name: 'mara' }]),
  );
  expect((await invite('noor', id, { username: 'mara' })).status).toBe(204);
});

test('[NT9] all others are refused as they are in the workspace, and nothing is logged', async () => {
  const id = await servedByNoor();
  const before = await audited('colleague.invited');
  const codes: unknown[] = [];
  for (const [by, where, username] of [
    ['kim', id, 'mara'],
    ['omar', id, 'mara'],
    ['noor', id, 'nobody'],
    ['noor', id, 'agent-mara'],
    ['noor', id, ''],
    ['noor', id, 'omar'],
    ['noor', newConversationId(), 'mara'],
  ] as const) {
    codes.push(await codeOf(await invite(by, where, { username })));
  }
  expect(codes).toEqual([
    'conversation.not-yours',
    'conversation.unknown',
    'agent.unknown',
    'agent.unknown',
    'body.malformed',
    // Has an account, and has never been there.
    'agent.unknown',
    'conversation.unknown',
  ]);
  expect(await audited('colleague.invited')).toEqual(before);
  expect((await stateOf(id)).helpers).toEqual([]);
});
