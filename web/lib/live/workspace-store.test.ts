import { expect, test, vi } from 'vitest';
import { newConversationId, type ConversationId } from '#shared/ids.ts';
import { isFollowedHere } from './conversation-stores.ts';
import type { FakePage } from './testing/environment.ts';
import { settled, useFakeTime } from './testing/time.ts';
import { SALES } from './testing/server.ts';
import { FakeWorkspace, servedIn } from './testing/workspace.ts';

useFakeTime();

/** The conversations that a page is connected to. */
const followedBy = ({ sockets }: FakePage): string[] =>
  sockets
    .filter(({ url, readyState }) => url.includes('/conversations/') && readyState === 1)
    .map(({ url }) => url.split('/').at(-1) ?? '');

const [first, second] = [newConversationId(), newConversationId()];
const idsIn = (conversations: readonly { id: ConversationId }[]) =>
  conversations.map(({ id }) => id);

test('[WS35] a conversation that the agent is given appears at once and is followed, until it is taken away', async () => {
  const world = new FakeWorkspace();
  world.serving(first, 'Do you sell olive trees?');
  const { page, workspace } = world.load();
  await settled();
  world.serving(second, 'And palms?');
  await settled();
  expect(idsIn(workspace.inProgress)).toEqual([first, second]);
  expect(followedBy(page)).toEqual([first, second]);
  world.agent.happen({ type: 'slot.released', conversationId: first });
  await settled();
  expect(idsIn(workspace.inProgress)).toEqual([second]);
  expect(followedBy(page)).toEqual([second]);
});

test('[CV5] the conversation that the page shows is followed without a slot, and left when the page goes', async () => {
  const world = new FakeWorkspace();
  const conversation = world.server.conversation(first);
  conversation.open('Do you sell olive trees?');
  const { page, workspace } = world.load(conversation.snapshot);
  await settled();
  expect([workspace.opened?.id, followedBy(page)]).toEqual([first, [first]]);
  world.server.conversation(second).open('And palms?');
  workspace.open(world.server.conversation(second).snapshot);
  await settled();
  expect([workspace.opened?.id, followedBy(page)]).toEqual([second, [second]]);
  workspace.leave();
  await settled();
  expect([workspace.opened, followedBy(page)]).toEqual([null, []]);
});

test('[WS73] what a page follows it need not ask for, until it follows it no more', async () => {
  const world = new FakeWorkspace();
  world.serving(first, 'Do you sell olive trees?');
  const { workspace } = world.load();
  expect([first, second].map(isFollowedHere)).toEqual([true, false]);
  workspace.open({ conversationId: first });
  expect(workspace.opened?.events).toHaveLength(3);
  workspace.leave();
  await settled();
  world.agent.happen({ type: 'slot.released', conversationId: first });
  await settled();
  expect(isFollowedHere(first)).toBe(false);
  world.serving(second, 'And palms?');
  await settled();
  expect(isFollowedHere(second)).toBe(true);
  workspace.close();
  expect(isFollowedHere(second)).toBe(false);
});

test('[WS53] what the settings say is up to date again after a reconnect', async () => {
  const world = new FakeWorkspace();
  const { page, workspace } = world.load();
  await settled();
  expect(workspace.names.department(SALES)).toBe('Sales');
  world.departmentName = 'Green desk';
  for (const socket of page.sockets) socket.lose();
  page.wake();
  await settled();
  expect(workspace.names.department(SALES)).toBe('Green desk');
});

test('[WS52] an agent who was made away while the page was offline is told', async () => {
  const world = new FakeWorkspace();
  const told = vi.fn<() => void>();
  const { page, workspace } = world.load(null, { onMadeAway: told });
  await settled();
  for (const socket of page.sockets) socket.lose();
  page.wake();
  await settled();
  expect(told).not.toHaveBeenCalled();
  world.agent.state = { ...world.agent.state, availability: 'away' };
  for (const socket of page.sockets) socket.lose();
  page.wake();
  await settled();
  expect([workspace.agent.availability, told.mock.calls.length]).toEqual(['away', 1]);
});

test('[DC4] what happened while the page was offline is there after the reconnect, once', async () => {
  const world = new FakeWorkspace();
  const conversation = world.serving(first, 'Do you sell olive trees?');
  const { page, workspace } = world.load();
  await settled();
  world.server.isDown = true;
  for (const socket of page.sockets) socket.lose();
  conversation.happen([{ type: 'conversation.held' }], { kind: 'system' });
  world.agent.state = { ...world.agent.state, availability: 'away' };
  expect(workspace.isOnline).toBe(false);
  world.server.isDown = false;
  page.wake();
  await settled();
  expect(workspace.isOnline).toBe(true);
  expect(workspace.agent.availability).toBe('away');
  expect(idsIn(workspace.onHold)).toEqual([first]);
  expect(workspace.onHold[0]?.events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
});

test('[DC1] a reply that is written offline goes out once after the reconnect, in order', async () => {
  const world = new FakeWorkspace();
  const conversation = world.serving(first, 'Do you sell olive trees?');
  const { page, workspace } = world.load();
  await settled();
  world.server.isDown = true;
  for (const socket of page.sockets) socket.lose();
  for (const text of ['We do,', 'in two sizes.']) {
    workspace.agent.drafts.write(first, text);
    await workspace.sender.reply(servedIn(workspace));
  }
  expect(servedIn(workspace).pending).toHaveLength(2);
  world.server.isDown = false;
  page.wake();
  await settled();
  expect(conversation.texts).toEqual(['Do you sell olive trees?', 'We do,', 'in two sizes.']);
  expect(servedIn(workspace).pending).toEqual([]);
});

test('[WS8] a refused reply stays with its refusal, through a reload, until its author tries again', async () => {
  const world = new FakeWorkspace();
  const conversation = world.serving(first, 'Do you sell olive trees?');
  conversation.refusals.push('message.too-long');
  const { page, workspace } = world.load();
  await settled();
  workspace.agent.drafts.write(first, 'A long story.');
  void workspace.sender.reply(servedIn(workspace));
  await settled();
  page.kill();
  const again = world.load();
  await settled();
  const [item] = servedIn(again.workspace).pending;
  expect(item?.refusal?.code).toBe('message.too-long');
  expect(conversation.commands).toHaveLength(1);
  if (item) void servedIn(again.workspace).retry(item);
  await settled();
  expect(conversation.texts).toEqual(['Do you sell olive trees?', 'A long story.']);
  expect(conversation.commands.map(({ id }) => id)).toEqual([item?.id, item?.id]);
});

test('[AG10] a draft is the same in two tabs, and what is newer here stands until the server has it', async () => {
  const world = new FakeWorkspace();
  world.serving(first, 'Do you sell olive trees?');
  const [one, other] = [world.load(), world.load()];
  await settled();
  one.workspace.agent.drafts.write(first, 'We do');
  await vi.advanceTimersByTimeAsync(3_100);
  expect(other.workspace.agent.drafts.textIn(first)).toBe('We do');
  other.workspace.agent.drafts.write(first, 'We do, in two');
  world.agent.happen({ type: 'draft.kept', conversationId: first, text: 'older' });
  expect(other.workspace.agent.drafts.textIn(first)).toBe('We do, in two');
  await vi.advanceTimersByTimeAsync(3_100);
  expect(one.workspace.agent.drafts.textIn(first)).toBe('We do, in two');
});

test('[DC12] a reply that is sent in one tab takes nothing away that was written in another since', async () => {
  const world = new FakeWorkspace();
  world.serving(first, 'Do you sell olive trees?');
  const [one, other] = [world.load(), world.load()];
  await settled();
  one.workspace.agent.drafts.write(first, 'We do.');
  void one.workspace.sender.reply(servedIn(one.workspace));
  other.workspace.agent.drafts.write(first, 'In two sizes.');
  await settled();
  expect(other.workspace.agent.drafts.textIn(first)).toBe('In two sizes.');
  for (const { page } of [one, other]) page.kill();
  const again = world.load();
  await settled();
  expect(again.workspace.agent.drafts.textIn(first)).toBe('In two sizes.');
});

test('[AC30] a page whose agent may do something else by now says so', async () => {
  const world = new FakeWorkspace();
  const { page, workspace } = world.load();
  await settled();
  expect(workspace.isAccessChanged).toBe(false);
  world.agent.access = { ...world.agent.access, permissions: [] };
  for (const socket of page.sockets) socket.lose();
  page.wake();
  await settled();
  expect(workspace.isAccessChanged).toBe(true);
});
