// What comes late: the second copy of a command, and what others could not be told for a while.

import { env, type DurableObject } from 'cloudflare:workers';
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { expect, onTestFinished, test, vi } from 'vitest';
import { newCommandId, newConversationId, type ConversationId } from '#shared/ids.ts';
import type { SlotUpdate } from '../agent/slots.ts';
import { eventually } from '../../testing/eventually.ts';
import {
  anAgent,
  aQueuedConversation,
  at,
  atOwnStream,
  aVisitor,
  conversationOf,
  opening,
  positionIn,
  SALES,
} from '../../testing/people.ts';

type Conversation = ReturnType<typeof conversationOf>;

/** Lets the object see other agents, departments or another directory than the real ones, until the test ends. */
function withOthers(stub: Conversation, others: object): Promise<void> {
  return runInDurableObject(stub, (instance: DurableObject) => {
    const { env: seen } = instance as unknown as { env: object }; // Protected, but there.
    for (const [name, value] of Object.entries(others)) {
      const own = Object.getOwnPropertyDescriptor(seen, name);
      Object.defineProperty(seen, name, { value, configurable: true });
      onTestFinished(() => void (own && Object.defineProperty(seen, name, own)));
    }
  });
}

test('[DC2] the second copy of a take is answered as the first, though the conversation ended meanwhile', async () => {
  const { id, wire: visitorWire } = await aQueuedConversation();
  const agent = anAgent('Noor');
  await atOwnStream(agent);
  const [one, other] = [await at(id, agent), await at(id, agent)];
  const granted = { ok: true, value: { id: agent.agentId, name: agent.name } };
  const [early, late] = [
    Promise.withResolvers<typeof granted>(),
    Promise.withResolvers<typeof granted>(),
  ];
  const reserve = vi.fn().mockReturnValueOnce(early.promise).mockReturnValueOnce(late.promise);
  const slots = {
    reserveSlot: reserve,
    confirmSlot: () => undefined,
    releaseSlot: () => undefined,
  };
  await withOthers(conversationOf(id), { AGENT: { getByName: () => slots } });

  const copy = { id: newCommandId(), after: one.seq };
  const answers = [one, other].map((wire) => wire.command({ type: 'conversation.take' }, copy));
  await eventually(() => expect(reserve).toHaveBeenCalledTimes(2));
  early.resolve(granted);
  const first = await answers[0];
  await visitorWire.must({ type: 'conversation.end', comment: null });
  late.resolve(granted);
  expect(await answers[1]).toEqual(first);
  expect(first).toMatchObject({ type: 'accepted' });
});

/** Of each row of the outbox. */
const attemptsIn = (id: ConversationId): Promise<number[]> =>
  runInDurableObject(conversationOf(id), (_instance, { storage }) =>
    storage.sql
      .exec<{ attempts: number }>('SELECT attempts FROM outbox')
      .toArray()
      .map(({ attempts }) => attempts),
  );

test('[AG4] what an agent is told after a failure is how things are by then', async () => {
  const { id, wire: visitorWire } = await aQueuedConversation();
  const agent = anAgent('Noor');
  const agentWire = await at(id, agent);
  let isDown = true;
  const confirmSlot = vi.fn(async (_update: SlotUpdate) => {
    if (isDown) throw new Error('down');
  });
  const value = { id: agent.agentId, name: agent.name };
  const slots = {
    reserveSlot: () => ({ ok: true, value }),
    confirmSlot,
    releaseSlot: () => undefined,
  };
  await withOthers(conversationOf(id), { AGENT: { getByName: () => slots } });
  await agentWire.must({ type: 'conversation.take' });
  await eventually(async () => expect(await attemptsIn(id)).toEqual([1]));
  isDown = false;
  await visitorWire.must({ type: 'conversation.end', comment: null });
  await eventually(() => expect(confirmSlot).toHaveBeenCalledTimes(2));

  vi.setSystemTime(Date.now() + 1_100); // The first pause of the outbox.
  try {
    await runDurableObjectAlarm(conversationOf(id));
  } finally {
    vi.useRealTimers();
  }
  const told = confirmSlot.mock.calls.map(([{ as }]) => as);
  expect(told).toEqual(['serving', null, null]);
  await eventually(async () => expect(await attemptsIn(id)).toEqual([]));
});

test('[DC8] a conversation enters its queue though the directory is down', async () => {
  const id = newConversationId();
  const stub = conversationOf(id);
  const wire = await at(id, aVisitor());
  const down = { prepare: () => fail(), batch: () => fail() };
  await withOthers(stub, { DIRECTORY: down });
  await wire.must(opening());
  await eventually(async () => expect(await positionIn(SALES, id)).not.toBeNull());
});

/** Kept from the beginning: the objects' directory is the tests' as well. */
const directory = env.DIRECTORY;

/** A directory whose every answer waits for `gate`. */
function behind(gate: Promise<void>): object {
  const statement = (real: D1PreparedStatement) => ({
    real,
    first: () => gate.then(() => real.first()),
    run: () => gate.then(() => real.run()),
  });
  return {
    prepare: (sql: string) => ({
      bind: (...values: unknown[]) => statement(directory.prepare(sql).bind(...values)),
    }),
    batch: (statements: { real: D1PreparedStatement }[]) =>
      gate.then(() => directory.batch(statements.map(({ real }) => real))),
  };
}

test('[DC8] [RT37] a conversation enters its queue though the directory is slow, and its contact is made later', async () => {
  const id = newConversationId();
  const visitor = aVisitor();
  const gate = Promise.withResolvers<void>();
  const wire = await at(id, visitor);
  await withOthers(conversationOf(id), { DIRECTORY: behind(gate.promise) });
  await wire.must(opening());
  await eventually(async () => expect(await positionIn(SALES, id)).not.toBeNull());
  const contact = () =>
    directory.prepare('SELECT * FROM contact WHERE id = ?').bind(visitor.visitorId).first();
  expect(await contact()).toBeNull();
  gate.resolve();
  await eventually(async () => expect(await contact()).not.toBeNull());
});

const fail = (): never => {
  throw new Error('down');
};
