// What calls an agent, and what does not.

import { expect, test, vi } from 'vitest';
import type { Alert } from '#shared/alerts/alert.ts';
import { textBody } from '#shared/conversation/body.ts';
import { newConversationId } from '#shared/ids.ts';
import { queueEntry } from '#shared/testing/department-entries.ts';
import { MARA, NOOR, SALES, VISITOR } from './testing/server.ts';
import { settled, useFakeTime } from './testing/time.ts';
import { FakeWorkspace } from './testing/workspace.ts';

useFakeTime();

const id = newConversationId();

/** Mara's page, and what has called her. */
async function marasPage(prepare: (world: FakeWorkspace) => void = () => {}) {
  const world = new FakeWorkspace();
  prepare(world);
  const calls: Alert[] = [];
  world.load(null, { onCall: (call) => void calls.push(call) });
  await settled();
  return { world, calls, reasons: () => calls.map(({ reason }) => reason) };
}

test('[WS41] a visitor who writes calls the agent who serves them', async () => {
  const { world, calls } = await marasPage((one) => one.serving(id, 'Do you sell olive trees?'));
  world.server
    .conversation(id)
    .happen([{ type: 'message.sent', body: textBody('Are you there?') }], VISITOR);
  await settled();
  expect(calls).toEqual([
    {
      ...{ reason: 'message', about: id, seq: 4, name: 'Visitor' },
      ...{ departmentId: SALES, text: 'Are you there?', path: `/inbox/${id}` },
    },
  ]);
});

test('[WS41] a colleague’s message, and one’s own, call nobody', async () => {
  const { world, calls } = await marasPage((one) => one.serving(id, 'Hello'));
  const conversation = world.server.conversation(id);
  conversation.happen([{ type: 'message.sent', body: textBody('Hi') }], MARA);
  conversation.happen([{ type: 'message.sent', body: textBody('Hi') }], NOOR);
  await settled();
  expect(calls).toEqual([]);
});

test('[WS41] a conversation that was assigned or forwarded calls the agent who gets it', async () => {
  const { world, reasons } = await marasPage();
  const conversation = world.server.conversation(id);
  conversation.open('Hello');
  conversation.happen([{ type: 'conversation.taken', agent: MARA }], { kind: 'system' });
  world.agent.happen({ type: 'slot.held', conversationId: id, as: 'serving' });
  await settled();
  expect(reasons()).toEqual(['assigned']);
});

test('[WS41] an invitation calls the colleague who is invited', async () => {
  const { world, reasons } = await marasPage();
  const conversation = world.server.conversation(id);
  conversation.open('Hello');
  conversation.happen([{ type: 'conversation.taken', agent: NOOR }], NOOR);
  conversation.happen([{ type: 'agent.joined', agent: MARA }], NOOR);
  world.agent.happen({ type: 'slot.held', conversationId: id, as: 'helping' });
  await settled();
  expect(reasons()).toEqual(['invited']);
});

test('[WS41] what the agent took, here or in another tab, does not call them', async () => {
  const { world, calls } = await marasPage();
  world.serving(id, 'Hello');
  await settled();
  expect(calls).toEqual([]);
});

test('[WS41] what was there when the page was loaded does not call', async () => {
  const { calls } = await marasPage((world) => world.serving(id, 'Hello'));
  expect(calls).toEqual([]);
});

test('[WS41] a conversation that waits calls, one that is assigned at once does not', async () => {
  const { world, calls, reasons } = await marasPage();
  const [waits, goes] = [newConversationId(), newConversationId()];
  world.sales.happen({
    type: 'entry.put',
    entry: queueEntry({ conversationId: waits, visitorName: 'Ada' }),
  });
  world.sales.happen({ type: 'entry.put', entry: queueEntry({ conversationId: goes }) });
  world.sales.happen({ type: 'entry.removed', conversationId: goes });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(reasons()).toEqual(['queued']);
  expect(calls[0]).toMatchObject({ about: waits, name: 'Ada' });
});

test('[WS41] a conversation that waits calls although its visitor writes on', async () => {
  const { world, calls } = await marasPage();
  const entry = queueEntry({ preview: 'Hello' });
  world.sales.happen({ type: 'entry.put', entry });
  world.sales.happen({ type: 'entry.put', entry: { ...entry, seq: 3, preview: 'Anyone?' } });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(calls).toMatchObject([{ reason: 'queued', seq: 3, text: 'Anyone?' }]);
});

test('[WS41] nothing calls an agent who is away', async () => {
  const { world, calls } = await marasPage((one) => one.serving(id, 'Hello'));
  world.agent.happen({ type: 'availability.changed', availability: 'away' });
  world.server.conversation(id).happen([{ type: 'message.sent', body: textBody('Hi') }], VISITOR);
  world.sales.happen({ type: 'entry.put', entry: queueEntry() });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(calls).toEqual([]);
});

const mention = (seq: number): Alert => ({
  ...{ reason: 'mention', about: id, seq, name: 'Noor' },
  ...{ departmentId: SALES, text: 'Can you help?', path: `/inbox/${id}` },
});

test('[AL3] what the server tells of calls an agent who is available', async () => {
  const { world, calls } = await marasPage();
  world.agent.happen({ type: 'alert.raised', alert: mention(1) });
  await settled();
  expect(calls).toEqual([mention(1)]);
  world.agent.happen({ type: 'availability.changed', availability: 'away' });
  world.agent.happen({ type: 'alert.raised', alert: mention(2) });
  await settled();
  expect(calls).toHaveLength(1);
});
