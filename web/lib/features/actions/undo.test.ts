import { expect, test } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import { newConversationId } from '#shared/ids.ts';
import { VISITOR } from '#web/lib/live/testing/server.ts';
import { settled, useFakeTime } from '#web/lib/live/testing/time.ts';
import { FakeWorkspace, servedIn } from '#web/lib/live/testing/workspace.ts';
import { Notices } from '#web/lib/ui/notices.svelte.ts';
import { Undo } from './undo.svelte.ts';

useFakeTime();

const id = newConversationId();
const END = { type: 'conversation.end', comment: 'Asked for palms.' } as const;

/** Mara serves a conversation, and asks without a dialog. */
async function marasUndo() {
  const world = new FakeWorkspace();
  const server = world.serving(id, 'Do you sell olive trees?');
  const { workspace } = world.load();
  await settled();
  const notices = new Notices();
  const undo = new Undo({
    ...{ workspace, notices, keys: () => 'z' },
    ask: async (conversation, command) => (await conversation.ask(command))?.ok ?? false,
  });
  const asked = () => server.commands.map(({ command }) => command.type);
  return { world, server, workspace, notices, undo, asked, conversation: servedIn(workspace) };
}

test('[WS45] what was done is taken back by the command that undoes it, wherever the agent is', async () => {
  const { undo, notices, conversation, workspace, asked } = await marasUndo();
  undo.offer(conversation, 'Moved to the queue.', { type: 'conversation.take' });
  workspace.leave();
  notices.turn();
  notices.acceptOffer();
  await settled();
  expect(asked()).toEqual(['conversation.take']);
});

test('[WS45] an end is sent when its undo has lapsed, with its comment', async () => {
  const { undo, notices, conversation, server, asked } = await marasUndo();
  undo.end(conversation, END);
  await settled();
  expect([undo.isEnding(conversation), asked()]).toEqual([true, []]);
  notices.settle();
  await settled();
  expect(server.commands[0]?.command).toEqual(END);
  expect([undo.isEnding(conversation), server.state.status]).toEqual([false, 'closed']);
});

test('[WS45] an end that is taken back is never sent, and its comment is kept', async () => {
  const { undo, notices, conversation, asked } = await marasUndo();
  undo.end(conversation, END);
  notices.acceptOffer();
  await settled();
  notices.settle();
  await settled();
  expect([undo.isEnding(conversation), asked()]).toEqual([false, []]);
  expect(undo.takenBackIn(conversation)).toEqual(END);
});

test('[WS45] a visitor who writes before the end is heard, and the conversation continues', async () => {
  const { undo, notices, conversation, server, asked } = await marasUndo();
  undo.end(conversation, END);
  server.happen([{ type: 'message.sent', body: textBody('And palms?') }], VISITOR);
  await settled();
  undo.heed();
  expect([undo.isEnding(conversation), notices.hasOffer]).toEqual([false, false]);
  expect(notices.shown.map(({ look }) => look)).toEqual(['failure']);
  await settled();
  expect(asked()).toEqual([]);
});

test('[WS45] ending another conversation sends the first end at once', async () => {
  const { undo, conversation, server } = await marasUndo();
  undo.end(conversation, END);
  undo.end(conversation, { ...END, comment: 'Another.' });
  await settled();
  expect(server.commands[0]?.command).toEqual(END);
});

test('[WS45] a slot that is needed ends the conversation at once, and is waited for', async () => {
  const { undo, conversation, server, world } = await marasUndo();
  undo.end(conversation, END);
  let isFree = false;
  void undo.endNow().then(() => (isFree = true));
  await settled();
  expect([server.state.status, isFree]).toEqual(['closed', false]);
  world.agent.happen({ type: 'slot.released', conversationId: id });
  await settled();
  expect(isFree).toBe(true);
});
