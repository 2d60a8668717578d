// The streams of an agent and of a department, and what a later version of the server adds to them.

import { expect, test } from 'vitest';
import { newConversationId } from '#shared/ids.ts';
import { queueEntry, rosterEntry } from '#shared/testing/department-entries.ts';
import { settled, useFakeTime } from './testing/time.ts';
import { FakeWorkspace, servedIn } from './testing/workspace.ts';

useFakeTime();

const LATER = { type: 'parrot.arrived', name: 'Polly' };

test('[DC14] an agent’s and a department’s stream skip what a later version adds, and read the rest', async () => {
  const world = new FakeWorkspace();
  const [entry, colleague] = [queueEntry(), rosterEntry()];
  world.sales.happen({ type: 'entry.put', entry }, { type: 'roster.changed', entry: colleague });
  const { page, workspace } = world.load();
  await settled();
  const [sales] = workspace.departments;
  expect([sales?.queue, sales?.roster]).toEqual([[entry], [colleague]]);
  world.agent.tell([LATER, { type: 'availability.changed', availability: 'away' }]);
  world.sales.tell([
    LATER,
    { type: 'entry.removed', conversationId: entry.conversationId },
    { type: 'roster.left', agentId: colleague.agentId },
  ]);
  for (const socket of page.sockets) socket.hear({ type: 'weather', sunny: true });
  expect(workspace.agent.availability).toBe('away');
  expect(workspace.isOnline).toBe(true);
  expect([sales?.queue, sales?.roster]).toEqual([[], []]);
});

test('[DC14] a conversation’s stream skips what a later version adds, and reads the rest', async () => {
  const world = new FakeWorkspace();
  const id = newConversationId();
  const served = world.serving(id, 'Do you sell olive trees?');
  const { workspace } = world.load();
  await settled();
  const conversation = servedIn(workspace);
  served.tell({ type: 'weather', sunny: true });
  served.tell({ type: 'signal', signal: LATER });
  served.tell({ type: 'events', upTo: 4, events: [{ ...LATER, seq: 4 }] });
  served.tell({
    type: 'signal',
    signal: { type: 'typing', by: { kind: 'visitor' }, typing: true },
  });
  expect(conversation.seq).toBe(4);
  expect(conversation.typist).toEqual({ kind: 'visitor' });
});

test('[WS11] [WS40] a refused draft stays on the device, and does not take back a choice of availability', async () => {
  const world = new FakeWorkspace();
  const id = newConversationId();
  world.serving(id, 'Do you sell olive trees?');
  const { page, workspace } = world.load();
  await settled();
  for (const socket of page.sockets) socket.onSent = () => {};
  workspace.agent.setAvailability('away');
  workspace.agent.drafts.write(id, 'We ha');
  workspace.agent.drafts.sync();
  const socket = page.sockets.find(({ url }) => url.endsWith('/ws/agents/me'));
  const draft = socket?.sent.at(-1);
  socket?.hear({
    ...Object(draft),
    type: 'refused',
    refusal: { code: 'defect', details: {} },
    sentence: '',
  });
  expect(workspace.agent.availability).toBe('away');
  expect(workspace.agent.drafts.textIn(id)).toBe('We ha');
});

test('[DC1] an awaited command is answered by its own event, by a refusal, and by the end of the store', async () => {
  const world = new FakeWorkspace();
  const id = newConversationId();
  const served = world.serving(id, 'Do you sell olive trees?');
  const { workspace } = world.load();
  await settled();
  const conversation = servedIn(workspace);
  served.refusals.push('hold.disabled');
  const refused = conversation.ask({ type: 'conversation.hold' });
  const ended = conversation.ask({ type: 'conversation.end', comment: null });
  await settled();
  expect(await refused).toMatchObject({ ok: false, refusal: { code: 'hold.disabled' } });
  expect(await ended).toMatchObject({ ok: true });
  const hanging = conversation.ask({ type: 'conversation.hold' });
  conversation.close();
  expect(await hanging).toBeNull();
  expect(await conversation.ask({ type: 'conversation.hold' })).toBeNull();
});
