// Logs as earlier versions have stored them: they still read, and go on.

import { runInDurableObject } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import { contactIdOfVisitor, newCommandId, newConversationId } from '#shared/ids.ts';
import { anAgent, at, aVisitor, conversationOf, saidIn, SALES } from '../../testing/people.ts';

const FIRST_VERSION = `
  CREATE TABLE event (seq INTEGER PRIMARY KEY, command_id TEXT NOT NULL, body TEXT NOT NULL);
  CREATE TABLE outbox (id INTEGER PRIMARY KEY, effects TEXT NOT NULL, attempts INTEGER NOT NULL, due_at INTEGER NOT NULL);
  CREATE TABLE fold (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL, seq INTEGER NOT NULL,
    state TEXT NOT NULL, marks TEXT NOT NULL);
  CREATE TABLE migration (number INTEGER PRIMARY KEY);
  INSERT INTO migration VALUES (1)`;

/** A conversation of the first version, which an agent serves. */
async function aStoredConversation() {
  const id = newConversationId();
  const [visitor, agent] = [aVisitor(), anAgent('Noor')];
  const noor = { id: agent.agentId, name: agent.name };
  const events = [
    {
      type: 'conversation.opened',
      visitor: { id: visitor.visitorId, name: 'Anna' },
      departmentId: SALES,
      previousId: null,
      page: null,
      by: { kind: 'visitor' },
    },
    { type: 'message.sent', text: 'Is the fern in stock?', by: { kind: 'visitor' } },
    { type: 'conversation.taken', agent: noor, by: { kind: 'agent', ...noor } },
    { type: 'message.sent', text: 'It is.', by: { kind: 'agent', ...noor } },
  ].map((event, index) => ({ ...event, seq: index + 1, at: 1_000 + index, id: newCommandId() }));
  const marks = {
    visitor: { delivered: 4, seen: 4 },
    agent: { delivered: 2, seen: 2 },
  };
  await runInDurableObject(conversationOf(id), (_instance, { storage }) => {
    const { sql } = storage;
    sql.exec(FIRST_VERSION);
    for (const event of events) {
      sql.exec('INSERT INTO event VALUES (?, ?, ?)', event.seq, event.id, JSON.stringify(event));
    }
    const state = JSON.stringify({ status: 'serving', agent: noor });
    sql.exec('INSERT INTO fold VALUES (1, 3, 4, ?, ?)', state, JSON.stringify(marks));
  });
  return { id, visitor, agent, events };
}

test('[DC7] a log of the first version reads as today’s, receipts included, and goes on', async () => {
  const { id, visitor, agent } = await aStoredConversation();
  await runInDurableObject(conversationOf(id), (_instance, state) =>
    state.abort('wake again'),
  ).catch(() => undefined);
  const wire = await at(id, visitor);
  expect(wire.frames[0]).toMatchObject({
    seq: 4,
    state: {
      status: 'serving',
      channel: 'livechat',
      locale: null,
      contactId: contactIdOfVisitor(visitor.visitorId),
      wanted: null,
    },
    receipts: {
      visitor: { delivered: 4, seen: 4 },
      [agent.agentId]: { delivered: 2, seen: 2 },
    },
  });
  await wire.must({ type: 'message.send', body: textBody('Lovely.') });
  expect(saidIn(wire.events())).toEqual(['Is the fern in stock?', 'It is.', 'Lovely.']);
});

test('[DC2] a command that the first version stored is known when it comes again', async () => {
  const { id, visitor, events } = await aStoredConversation();
  await runInDurableObject(conversationOf(id), (_instance, state) =>
    state.abort('wake again'),
  ).catch(() => undefined);
  const again = { id: events[1]?.id ?? newCommandId(), after: 0 };
  const wire = await at(id, visitor);
  const answer = await wire.command({ type: 'message.send', body: textBody('other') }, again);
  expect(answer).toMatchObject({ type: 'accepted', seq: 2 });
});
