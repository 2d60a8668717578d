// Contacts, through the whole Worker.

import { env, exports } from 'cloudflare:workers';
import * as v from 'valibot';
import { beforeAll, expect, test } from 'vitest';
import type { Contact, ContactChangesPage } from '#shared/contact/contact.ts';
import { agentIdSchema, newConversationId, type ConversationId } from '#shared/ids.ts';
import { addAccount, codeOf, signedIn } from '../../testing/accounts.ts';
import { eventually } from '../../testing/eventually.ts';
import {
  anAgent,
  aQueuedConversation,
  aServedConversation,
  at,
  atDepartment,
  atOwnStream,
  codeOf as codeOfFrame,
  opening,
  queueIn,
  SALES,
  stateOf,
  SUPPORT,
} from '../../testing/people.ts';
import { visitorToken } from '../visitor-token.ts';

const cookies: Record<string, string> = {};

beforeAll(async () => {
  await addAccount('noor');
  await addAccount('omar', { departments: ['support'] });
  await addAccount('max', { role: 'manager' });
  for (const name of ['noor', 'omar', 'max']) cookies[name] = await signedIn(name);
});

const ask = (name: string, path: string, method = 'GET', body?: object) =>
  exports.default.fetch(
    new Request(`https://parley.test/api${path}`, {
      method,
      headers: { cookie: cookies[name] ?? '', 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );

const edit = (name: string, id: string, changes: object) =>
  ask(name, `/contacts/${id}`, 'PATCH', changes);
const contactOf = async (id: string): Promise<Contact> =>
  (await ask('max', `/contacts/${id}`)).json();

/** One whose contact is in the directory, and who is in the queue of Sales. */
async function aContact() {
  const { id, visitor, wire } = await aQueuedConversation();
  const row = () =>
    env.DIRECTORY.prepare('SELECT id FROM conversation WHERE id = ?').bind(id).first();
  await eventually(async () => expect(await row()).not.toBeNull());
  await eventually(async () => {
    expect((await ask('max', `/contacts/${visitor.visitorId}`)).status).toBe(200);
  });
  return { id, contactId: visitor.visitorId, visitor, wire };
}

const nameOf = async (id: ConversationId) => (await stateOf(id)).visitor.name;

test('[CI1] [CI3] what an agent changes of a contact is stored, and only that', async () => {
  const { contactId } = await aContact();
  const before = await contactOf(contactId);
  expect(before).toMatchObject({
    ...{ contactId, emails: [], phones: [], channels: ['livechat'], manager: null, blocked: null },
    name: expect.stringMatching(/^Visitor/) as string,
    lastMessageAt: expect.any(Number) as number,
  });
  const changes = {
    ...{ name: ' Iris  Green ', emails: ['Iris@Shop.example', 'green@shop.example'] },
    ...{ phones: ['+49 30 1234-56'], managerId: 'agent-noor' },
  };
  const answer = await edit('noor', contactId, changes);
  expect(answer.status).toBe(200);
  const after = {
    ...before,
    name: 'Iris Green',
    emails: ['iris@shop.example', 'green@shop.example'].map(claimed),
    phones: [claimed('+4930123456')],
    manager: { id: 'agent-noor', name: 'noor' },
  };
  expect(await answer.json()).toEqual(after);
  expect(await (await edit('noor', contactId, { emails: [] })).json()).toEqual({
    ...after,
    emails: [],
  });
});

const claimed = (value: string) => ({ value, isVerified: false });

test.each([
  [{ name: '  ' }, 'body.malformed'],
  [{ emails: ['iris@shop'] }, 'body.malformed'],
  [{ emails: ['a@b.example', 'A@b.example'] }, 'body.malformed'],
  [{ phones: ['030 123456'] }, 'phone.unclear'],
  [{ phones: ['call me'] }, 'phone.unclear'],
  [{ managerId: 'agent-nobody' }, 'agent.unknown'],
  [{ colour: 'green' }, 'body.malformed'],
])('[CI4] %j is refused with %s, and nothing is changed', async (changes, code) => {
  const { contactId } = await aContact();
  const before = await contactOf(contactId);
  expect(await codeOf(await edit('noor', contactId, changes))).toBe(code);
  expect(await contactOf(contactId)).toEqual(before);
});

test('[CI3] a verified address stays, also when an agent leaves it out', async () => {
  const { contactId } = await aContact();
  await env.DIRECTORY.prepare(`INSERT INTO contact_identity VALUES ('email', ?1, ?2, 1, 1)`)
    .bind(`${contactId}@shop.example`, contactId)
    .run();
  await edit('noor', contactId, { emails: ['other@shop.example'] });
  expect((await contactOf(contactId)).emails).toEqual([
    { value: `${contactId}@shop.example`, isVerified: true },
    claimed('other@shop.example'),
  ]);
});

test('[CI2] [CI3] [CI9] who may not see a contact can neither read, change nor block them', async () => {
  const { contactId } = await aContact();
  const tries = [
    ['GET', ''],
    ['GET', '/changes'],
    ['GET', '/conversations'],
    ['PATCH', ''],
  ] as const;
  for (const [method, path] of tries) {
    const answer = await ask(
      'omar',
      `/contacts/${contactId}${path}`,
      method,
      method === 'PATCH' ? { name: 'X' } : undefined,
    );
    expect(await codeOf(answer)).toBe('contact.unknown');
  }
  expect(await codeOf(await ask('noor', `/contacts/${contactId}/block`, 'PUT'))).toBe(
    'permission.missing',
  );
  // As their contact manager, from then on.
  await edit('max', contactId, { managerId: 'agent-omar' });
  expect((await ask('omar', `/contacts/${contactId}`)).status).toBe(200);
});

const account = (name: string, departments = [SALES]) => ({
  ...anAgent(name, { departments }),
  agentId: v.parse(agentIdSchema, `agent-${name}`),
});
const beside = (name: string, id: string, through: string) =>
  ask(name, `/contacts/${id}?conversation=${through}`);

test('[CI2] a colleague who was invited sees the contact beside the conversation', async () => {
  const omar = account('omar', [SUPPORT]);
  await atOwnStream(omar);
  const { id, visitor, agentWire } = await aServedConversation(account('noor'));
  expect((await beside('omar', visitor.visitorId, id)).status).toBe(404);
  await agentWire.must({ type: 'agent.invite', agentId: omar.agentId });
  expect((await beside('omar', visitor.visitorId, id)).status).toBe(200);
  const other = await aContact();
  expect((await beside('omar', other.contactId, id)).status).toBe(404);
});

test('[CI2] a contact is there as soon as their conversation is', async () => {
  const { id, contactId } = await aContact();
  await env.DIRECTORY.batch([
    env.DIRECTORY.prepare('DELETE FROM conversation WHERE id = ?').bind(id),
    env.DIRECTORY.prepare('DELETE FROM contact WHERE id = ?').bind(contactId),
  ]);
  expect((await ask('noor', `/contacts/${contactId}`)).status).toBe(404);
  expect((await beside('noor', contactId, id)).status).toBe(200);
});

test('[CI5] the history says who changed what, and when', async () => {
  const { contactId } = await aContact();
  const { name } = await contactOf(contactId);
  await edit('noor', contactId, { name: 'Iris', emails: ['iris@shop.example'] });
  await edit('noor', contactId, { name: 'Iris' });
  await edit('max', contactId, { managerId: 'agent-noor' });
  await ask('max', `/contacts/${contactId}/block`, 'PUT');
  await ask('max', `/contacts/${contactId}/block`, 'PUT');
  const { changes, next }: ContactChangesPage = await (
    await ask('noor', `/contacts/${contactId}/changes`)
  ).json();
  const max = { id: 'agent-max', name: 'max' };
  const at = expect.any(Number) as number;
  expect(next).toBeNull();
  expect(changes).toEqual([
    { kind: 'blocked', by: max, at, fields: [] },
    { kind: 'edited', by: max, at, fields: [{ field: 'manager', before: [], after: ['noor'] }] },
    {
      ...{ kind: 'edited', by: { id: 'agent-noor', name: 'noor' }, at },
      fields: [
        { field: 'name', before: [name], after: ['Iris'] },
        { field: 'emails', before: [], after: ['iris@shop.example'] },
      ],
    },
  ]);
});

test('[CI6] a new name is told to queue and thread at once, and the visitor is not told', async () => {
  const { id, contactId, wire } = await aContact();
  const before = await nameOf(id);
  const watching = await atDepartment(SALES, anAgent('mara'));
  const reading = await at(id, anAgent('mara'));
  await edit('noor', contactId, { name: 'Iris Green' });
  await reading.event('contact.renamed');
  expect(await nameOf(id)).toBe('Iris Green');
  await eventually(async () => {
    const entry = (await queueIn(SALES)).find(({ conversationId }) => conversationId === id);
    expect(entry?.visitorName).toBe('Iris Green');
  });
  expect(watching.frames.length).toBeGreaterThan(1);
  expect(JSON.stringify(wire.frames)).not.toContain('Iris');
  const again = await at(id, { kind: 'visitor', visitorId: contactId });
  expect(again.frames[0]).toMatchObject({ state: { visitor: { name: before } } });
});

test('[CI6] an ended conversation is listed under the new name, and its log keeps the old one', async () => {
  const { id, contactId, wire } = await aContact();
  const before = await nameOf(id);
  await wire.must({ type: 'conversation.end', comment: null });
  const stored = () =>
    env.DIRECTORY.prepare('SELECT status, visitor_name AS name FROM conversation WHERE id = ?')
      .bind(id)
      .first();
  await eventually(async () => expect(await stored()).toMatchObject({ status: 'closed' }));
  await edit('max', contactId, { name: 'Iris' });
  expect(await stored()).toEqual({ status: 'closed', name: 'Iris' });
  expect(await nameOf(id)).toBe(before);
  // Where somebody looks at it, it is told; a conversation of another contact is not.
  const other = await aContact();
  await ask('max', `/contacts/${contactId}?conversation=${id}`, 'PATCH', { name: 'Iris Green' });
  expect(await nameOf(id)).toBe('Iris Green');
  await ask('max', `/contacts/${contactId}?conversation=${other.id}`, 'PATCH', {
    name: 'I. Green',
  });
  expect(await nameOf(other.id)).not.toBe('I. Green');
});

test('[CI7] the next conversation has the name that agents gave the contact', async () => {
  const { contactId, visitor } = await aContact();
  await edit('noor', contactId, { name: 'Iris' });
  const next = await aQueuedConversation(visitor);
  await eventually(async () => expect(await nameOf(next.id)).toBe('Iris'));
});

const block = (id: string, method = 'PUT') => ask('max', `/contacts/${id}/block`, method);

test('[CI9] a blocked contact opens no conversation and leaves no message, until they are unblocked', async () => {
  const { contactId, visitor, wire } = await aContact();
  expect((await block(contactId)).status).toBe(204);
  expect((await contactOf(contactId)).blocked).toMatchObject({ by: 'max' });
  // What is open goes on.
  await wire.must({ type: 'message.send', body: { text: 'Still here', files: [] } });
  const open = async () => (await at(newConversationId(), visitor)).command(opening());
  expect(codeOfFrame(await open())).toBe('visitor.blocked');
  const leave = async () =>
    exports.default.fetch(
      new Request('https://parley.test/api/offline-messages', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await visitorToken(contactId, env, Date.now())}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          ...{ id: crypto.randomUUID(), departmentId: 'form', name: 'Ivy' },
          ...{ email: 'ivy@shop.example', text: 'Hello' },
        }),
      }),
    );
  expect(await codeOf(await leave())).toBe('visitor.blocked');
  expect((await block(contactId, 'DELETE')).status).toBe(204);
  expect((await open()).type).toBe('accepted');
  expect((await leave()).status).toBe(204);
});

test('[CI10] a department that did not know of a block learns of it with the first conversation', async () => {
  const { contactId, visitor } = await aContact();
  await env.DIRECTORY.prepare('UPDATE contact SET blocked_at = 1 WHERE id = ?')
    .bind(contactId)
    .run();
  const next = await aQueuedConversation(visitor);
  await eventually(async () => {
    expect(await stateOf(next.id)).toMatchObject({
      status: 'closed',
      closedBy: { kind: 'system' },
    });
  });
  const again = await (await at(newConversationId(), visitor)).command(opening());
  expect(codeOfFrame(again)).toBe('visitor.blocked');
});
