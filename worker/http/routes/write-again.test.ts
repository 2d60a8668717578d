// An agent begins the next conversation with a contact, through the whole Worker.

import { env, exports } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import * as v from 'valibot';
import { textBody } from '#shared/conversation/body.ts';
import {
  agentIdSchema,
  newCommandId,
  newConversationId,
  type ConversationId,
} from '#shared/ids.ts';
import { addAccount, codeOf, signedIn } from '../../testing/accounts.ts';
import { eventually } from '../../testing/eventually.ts';
import {
  anAgent,
  aQueuedConversation,
  aServedConversation,
  at,
  atOwnStream,
  saidIn,
  SALES,
  stateOf,
  SUPPORT,
} from '../../testing/people.ts';
import { slotsOf } from '../../testing/served.ts';

const cookies: Record<string, string> = {};

const noor = { ...anAgent('noor'), agentId: v.parse(agentIdSchema, 'agent-noor') };

beforeAll(async () => {
  await addAccount('noor');
  await addAccount('omar', { departments: ['support'] });
  await addAccount('moni', { role: 'monitor', departments: [] });
  for (const name of ['noor', 'omar', 'moni']) cookies[name] = await signedIn(name);
});

const aNext = (text = 'It is back in stock.') => ({
  ...{ conversationId: newConversationId(), commandId: newCommandId(), body: textBody(text) },
});

const writeAgain = (name: string, id: ConversationId, next: object = aNext()) =>
  exports.default.fetch(
    new Request(`https://parley.test/api/conversations/${id}/next`, {
      method: 'POST',
      headers: { cookie: cookies[name] ?? '', 'content-type': 'application/json' },
      body: JSON.stringify(next),
    }),
  );

/** One that Noor has served and ended, as the index knows it. */
async function anEndedConversation() {
  const served = await aServedConversation(noor);
  await served.agentWire.must({ type: 'conversation.end', comment: null });
  await isIndexed(served.id, 'closed');
  return served;
}

const isIndexed = (id: ConversationId, status: string) =>
  eventually(async () => {
    const row = env.DIRECTORY.prepare('SELECT status FROM conversation WHERE id = ?').bind(id);
    expect(await row.first()).toEqual({ status });
  });

test('[CI14] the next conversation is served by the agent at once, and a retry begins it once', async () => {
  const { id, visitor } = await anEndedConversation();
  const next = aNext();
  expect((await writeAgain('noor', id, next)).status).toBe(204);
  expect((await writeAgain('noor', id, next)).status).toBe(204);
  expect(await stateOf(next.conversationId)).toMatchObject({
    ...{ status: 'serving', agent: { id: noor.agentId }, previousId: id, departmentId: SALES },
    visitor: { id: visitor.visitorId },
    lastMessage: { from: 'agent', preview: 'It is back in stock.' },
  });
  await eventually(async () => {
    expect(await slotsOf(noor)).toContainEqual([next.conversationId, 'serving']);
  });
  const wire = await at(next.conversationId, visitor);
  expect(saidIn(wire.frames[0]?.['events'] as never[])).toEqual(['It is back in stock.']);
  await wire.must({ type: 'message.send', body: textBody('Great!') });
  await wire.must({ type: 'conversation.end', comment: null });
});

test('[CI15] the visitor who looks at the last conversation learns of the next one', async () => {
  const { id, wire } = await anEndedConversation();
  const next = aNext();
  await writeAgain('noor', id, next);
  await wire.event('conversation.continued');
  expect(await stateOf(id)).toMatchObject({ status: 'closed', nextId: next.conversationId });
  await (await at(next.conversationId, noor)).must({ type: 'conversation.end', comment: null });
});

test('[CI15] a visitor’s own next conversation is known, and not one that they made up', async () => {
  const { id, visitor } = await anEndedConversation();
  const next = await aQueuedConversation(visitor, SALES, id);
  await eventually(async () => expect(await stateOf(id)).toMatchObject({ nextId: next.id }));
  const stranger = await aQueuedConversation(undefined, SALES, id);
  await isIndexed(stranger.id, 'queued');
  expect(await stateOf(id)).toMatchObject({ nextId: next.id });
});

test('[CI14] it is refused while the contact is in another conversation, or blocked', async () => {
  const { id, visitor } = await anEndedConversation();
  const other = await aQueuedConversation(visitor, SUPPORT);
  await isIndexed(other.id, 'queued');
  expect(await codeOf(await writeAgain('noor', id))).toBe('contact.in-conversation');
  await other.wire.must({ type: 'conversation.end', comment: null });
  await isIndexed(other.id, 'closed');
  await env.DIRECTORY.prepare('UPDATE contact SET blocked_at = 1 WHERE id = ?')
    .bind(visitor.visitorId)
    .run();
  expect(await codeOf(await writeAgain('noor', id))).toBe('contact.blocked');
});

test('[CI14] it takes the permission, the department, a slot, and a conversation that has ended', async () => {
  const { id } = await anEndedConversation();
  expect(await codeOf(await writeAgain('moni', id))).toBe('permission.missing');
  expect(await codeOf(await writeAgain('omar', id))).toBe('conversation.unknown');
  const open = await aQueuedConversation();
  expect(await codeOf(await writeAgain('noor', open.id))).toBe('conversation.not-closed');
  const own = await atOwnStream(noor);
  await own.must({ type: 'availability.set', availability: 'away' });
  expect(await codeOf(await writeAgain('noor', id))).toBe('agent.away');
  await own.must({ type: 'availability.set', availability: 'available' });
});
