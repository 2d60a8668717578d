// Who gets a conversation, through real actors: departments route, agents grant, conversations are taken.

import { evictDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeEach, expect, test, vi } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import { serverSignalSchema } from '#shared/conversation/signals.ts';
import { known } from '#shared/frames.ts';
import { contactIdOfVisitor, newConversationId, type DepartmentId } from '#shared/ids.ts';
import { agentPreferences, ensureContact } from '../../io/contacts.ts';
import { eventually } from '../../testing/eventually.ts';
import { resetAll } from '../../testing/reset-all.ts';
import { departmentOf } from '../../testing/departments.ts';
import { inRoster } from '../../testing/served.ts';
import {
  anAgent,
  aQueuedConversation,
  at,
  atOwnStream,
  aVisitor,
  agentActorOf,
  opening,
  positionIn,
  queueIn,
  SALES,
  stateOf,
  SUPPORT,
  type Frame,
} from '../../testing/people.ts';

beforeEach(resetAll);

const BALANCED = departmentOf('balanced');

/** An agent of one department, which knows that they are there. */
async function onDuty(name: string, departmentId: DepartmentId, maxConversations?: number) {
  const agent = anAgent(name, { departments: [departmentId], maxConversations });
  await inRoster(agent, () => atOwnStream(agent));
  return agent;
}

/** Who got it, by name. */
async function assigned({ wire }: Awaited<ReturnType<typeof aQueuedConversation>>) {
  const { agent } = await wire.event('conversation.taken');
  return (agent as { name: string }).name;
}

const write = (departmentId: DepartmentId) => aQueuedConversation(aVisitor(), departmentId);

test('[RT1] under manual selection a conversation waits until an agent takes it', async () => {
  await onDuty('Noor', SALES);
  const { id } = await write(SALES);
  await eventually(async () => expect(await positionIn(SALES, id)).not.toBeNull());
  expect((await stateOf(id)).status).toBe('queued');
});

test('[RT2] load balancing gives to who has the fewest, then to who waits longest', async () => {
  const [noor, mara] = [await onDuty('Noor', BALANCED), await onDuty('Mara', BALANCED)];
  const names = [];
  for (let count = 0; count < 4; count += 1) names.push(await assigned(await write(BALANCED)));
  expect(names.filter((name) => name === 'Noor')).toHaveLength(2);
  expect(names[0]).not.toBe(names[1]);
  for (const agent of [noor, mara]) {
    await eventually(async () =>
      expect((await agentActorOf(agent).snapshot()).slots).toHaveLength(2),
    );
  }
});

test('[RT3] load rotation goes round, however many each has', async () => {
  const ROTATING = departmentOf('rotating');
  await onDuty('Noor', ROTATING);
  await onDuty('Mara', ROTATING);
  const one = await assigned(await write(ROTATING));
  const second = await write(ROTATING);
  const two = await assigned(second);
  expect(one).not.toBe(two);
  // The agent who had the first has none now, and still it is the other's turn.
  await second.wire.must({ type: 'conversation.end', comment: null });
  expect(await assigned(await write(ROTATING))).toBe(one);
});

test('[RT10] [RT6] over the limit conversations wait, and the first place that is free again is used at once', async () => {
  await onDuty('Noor', BALANCED, 2);
  const [first, second, third] = [
    await write(BALANCED),
    await write(BALANCED),
    await write(BALANCED),
  ];
  await assigned(first);
  await assigned(second);
  expect((await stateOf(third.id)).status).toBe('queued');
  const got = assigned(third);
  const freedAt = Date.now();
  await first.wire.must({ type: 'conversation.end', comment: null });
  expect(await got).toBe('Noor');
  // What had to be found by an alarm would come after ten seconds.
  expect(Date.now() - freedAt).toBeLessThan(9_000);
});

test('[RT10] a department limits how many of its own conversations an agent serves', async () => {
  const NARROW = departmentOf('narrow');
  await onDuty('Noor', NARROW);
  await assigned(await write(NARROW));
  const second = await write(NARROW);
  await eventually(async () => expect(await queueIn(NARROW)).toHaveLength(1));
  expect((await stateOf(second.id)).status).toBe('queued');
});

test('[RT11] a conversation on hold takes no place', async () => {
  const noor = await onDuty('Noor', BALANCED, 1);
  const { id, wire } = await write(BALANCED);
  await wire.event('conversation.taken');
  const agentWire = await at(id, noor);
  await agentWire.must({ type: 'message.send', body: textBody('One moment') });
  const second = await write(BALANCED);
  const got = assigned(second);
  await agentWire.must({ type: 'conversation.hold' });
  expect(await got).toBe('Noor');
});

test('[RT7] the agent whom the page asks for gets it, if they can', async () => {
  await onDuty('Noor', BALANCED);
  const mara = await onDuty('Mara', BALANCED);
  for (let count = 0; count < 2; count += 1) {
    const id = newConversationId();
    const wire = await at(id, aVisitor());
    await wire.must({ ...opening('Hello?', BALANCED), agentId: mara.agentId });
    const { agent } = await wire.event('conversation.taken');
    expect(agent).toMatchObject({ name: 'Mara' });
  }
});

test('[RT7] [RT8] the contact’s manager comes before the algorithm, and is passed over while they are away', async () => {
  await onDuty('Noor', BALANCED);
  const mara = await onDuty('Mara', BALANCED);
  const visitor = aVisitor();
  const named = async () => {
    const conversation = await aQueuedConversation(visitor, BALANCED);
    const name = await assigned(conversation);
    await conversation.wire.must({ type: 'conversation.end', comment: null });
    return name;
  };
  const id = contactIdOfVisitor(visitor.visitorId);
  const identity = { kind: 'livechat', value: id, verified: true };
  await ensureContact(env.DIRECTORY, identity, { id, name: 'Ida', at: 1 });
  await env.DIRECTORY.batch([
    env.DIRECTORY.prepare(
      `INSERT INTO "user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt", "username", "role")
       VALUES (?, 'Mara', 'mara@parley.test', 1, '', '', 'mara', 'agent')`,
    ).bind(mara.agentId),
    env.DIRECTORY.prepare(`UPDATE contact SET manager_id = ? WHERE id = ?`).bind(mara.agentId, id),
  ]);
  expect([await named(), await named()]).toEqual(['Mara', 'Mara']);
  const own = await atOwnStream(mara);
  await own.command({ type: 'availability.set', availability: 'away' });
  await eventually(async () => {
    const roster = await env.DEPARTMENT.getByName(BALANCED).roster();
    expect(roster.find(({ name }) => name === 'Mara')?.availability).toBe('away');
  });
  expect(await named()).toBe('Noor');
});

test('[RT7] the agent who served the contact last gets them again, where the setting says so', async () => {
  const LOYAL = departmentOf('loyal');
  await onDuty('Noor', LOYAL);
  await onDuty('Mara', LOYAL);
  const visitor = aVisitor();
  const first = await aQueuedConversation(visitor, LOYAL);
  const name = await assigned(first);
  await first.wire.must({ type: 'conversation.end', comment: null });
  await eventually(async () => {
    const { lastAgentId } = await agentPreferences(env.DIRECTORY, {
      kind: 'livechat',
      value: visitor.visitorId,
    });
    expect(lastAgentId).toContain(name);
  });
  // By load alone it would be the other's turn.
  expect(await assigned(await aQueuedConversation(visitor, LOYAL))).toBe(name);
});

test('[RT17] [RT18] the queue goes by priority, then by what is promised, then by age', async () => {
  await onDuty('Noor', SALES);
  const manager = anAgent('Max', { role: 'manager' });
  const [old, promised, urgent] = [await write(SALES), await write(SALES), await write(SALES)];
  await (await at(promised.id, manager)).must({ type: 'details.set', sla: 'gold' });
  await (await at(urgent.id, manager)).must({ type: 'details.set', priority: 'urgent' });
  await eventually(async () => {
    const ids = (await queueIn(SALES)).map(({ conversationId }) => conversationId);
    expect(ids).toEqual([urgent.id, promised.id, old.id]);
  });
});

const isPosition = (position: number) => (frame: Frame) => {
  const [signal] = known(serverSignalSchema, [frame['signal']]);
  return signal?.type === 'queue' && signal.position.position === position;
};

test('[RT20] a visitor learns their position in the queue, and that it has moved', async () => {
  const [first, second] = [await write(SALES), await write(SALES)];
  await second.wire.heard(isPosition(2));
  expect(second.wire.frames.some(isPosition(1))).toBe(false);
  await first.wire.must({ type: 'conversation.end', comment: null });
  await second.wire.heard(isPosition(1));
});

test('[RT20] a visitor who comes back to the page is told their position again, also after an eviction', async () => {
  const { id, visitor } = await write(SALES);
  await eventually(async () => expect(await positionIn(SALES, id)).toBe(1));
  await evictDurableObject(env.DEPARTMENT.getByName(SALES));
  const again = await at(id, visitor);
  await again.heard(isPosition(1));
});

test('[RT23] what is written to a disabled department goes where its fallbacks lead', async () => {
  await onDuty('Omar', SUPPORT);
  const { id } = await write(departmentOf('covered'));
  expect(await stateOf(id)).toMatchObject({ departmentId: SUPPORT });
});

test('[RT24] with nobody there and a form to fill in, no conversation is opened', async () => {
  const id = newConversationId();
  const wire = await at(id, aVisitor());
  const answer = await wire.command(opening('Hello?', departmentOf('form')));
  expect(answer).toMatchObject({ refusal: { code: 'department.offline' } });
});

test('[RT24] [RT6] with nobody there and no form, it waits, and the first agent who comes gets it', async () => {
  const waiting = await write(BALANCED);
  const got = assigned(waiting);
  await onDuty('Noor', BALANCED);
  expect(await got).toBe('Noor');
});

test('[RT26] outside its hours a department assigns nobody', async () => {
  const SHUT = departmentOf('shut');
  await onDuty('Noor', SHUT);
  const { id } = await write(SHUT);
  await eventually(async () => expect(await queueIn(SHUT)).toHaveLength(1));
  expect((await stateOf(id)).status).toBe('queued');
});

test('[RT4] [RT33] [RT34] the endpoint is asked who gets it, and load balancing stands in when it can’t say', async () => {
  const OUTSIDE = departmentOf('outside');
  await onDuty('Noor', OUTSIDE);
  const mara = await onDuty('Mara', OUTSIDE);
  const ask = vi.spyOn(globalThis, 'fetch');
  try {
    ask.mockImplementation(async () => Response.json({ agentId: mara.agentId }));
    expect(await assigned(await write(OUTSIDE))).toBe('Mara');
    expect(await assigned(await write(OUTSIDE))).toBe('Mara');
    ask.mockImplementation(async () => new Response('down', { status: 503 }));
    expect(await assigned(await write(OUTSIDE))).toBe('Noor');
    const [address, init] = ask.mock.calls[0] ?? [];
    expect(address).toBe('https://routing.example/ask');
    expect(init?.headers).toHaveProperty('parley-signature');
  } finally {
    ask.mockRestore();
  }
});

test('[RT35] while the endpoint is asked about it, a conversation is offered to nobody else', async () => {
  const OUTSIDE = departmentOf('outside');
  await onDuty('Noor', OUTSIDE);
  const named = Promise.withResolvers<string>();
  // An answer belongs to the object that asked.
  const ask = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async () => Response.json({ agentId: await named.promise }));
  try {
    const waiting = await write(OUTSIDE);
    await eventually(() => expect(ask).toHaveBeenCalled());
    // Anything else that happens routes again.
    const mara = await onDuty('Mara', OUTSIDE);
    expect((await stateOf(waiting.id)).status).toBe('queued');
    expect(ask).toHaveBeenCalledTimes(1);
    named.resolve(mara.agentId);
    expect(await assigned(waiting)).toBe('Mara');
  } finally {
    ask.mockRestore();
  }
});

test('[RT6] an eviction of the department in the middle loses nobody', async () => {
  const first = await write(BALANCED);
  await eventually(async () => expect(await positionIn(BALANCED, first.id)).not.toBeNull());
  await evictDurableObject(env.DEPARTMENT.getByName(BALANCED));
  const got = assigned(first);
  await onDuty('Noor', BALANCED);
  expect(await got).toBe('Noor');
});
