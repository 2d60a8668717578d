// An agent's page is killed at every step between Enter and the server's acknowledgement.

import { expect, test, vi } from 'vitest';
import { newConversationId } from '#shared/ids.ts';
import { settled, useFakeTime } from './testing/time.ts';
import { FakeWorkspace, servedIn } from './testing/workspace.ts';
import type { WorkspaceStore } from './workspace-store.svelte.ts';

useFakeTime();

const REPLY = 'We have two sizes.';
/** Longer than it takes to tell the server of a draft. */
const A_WHILE_MS = 4_000;
const id = newConversationId();

/** The reply wherever the agent sees it: in the thread, or in the composer. */
function seenIn(workspace: WorkspaceStore): string[] {
  const { events, pending } = servedIn(workspace);
  const stored = events.flatMap((event) => (event.type === 'message.sent' ? [event] : []));
  const ids = new Set(stored.map((event) => event.id));
  const waiting = pending.filter((item) => !ids.has(item.id));
  const texts = [
    ...stored.map(({ body }) => body.text),
    ...waiting.map(({ command }) => command.body.text),
    workspace.agent.drafts.textIn(id),
  ];
  return texts.filter((text) => text.includes(REPLY));
}

/** True when the page outlived what was done on it. */
async function run(pauseMs: number, steps: number): Promise<boolean> {
  const world = new FakeWorkspace();
  const conversation = world.serving(id, 'Do you sell olive trees?');
  const { page, workspace } = world.load();
  await settled();
  workspace.agent.drafts.write(id, REPLY);
  await vi.advanceTimersByTimeAsync(pauseMs);
  page.kill(steps);
  void workspace.sender.reply(servedIn(workspace));
  await vi.advanceTimersByTimeAsync(A_WHILE_MS);
  const isSurvivor = !page.isDead;
  page.kill();

  world.server.isDown = true;
  const offline = world.load();
  await settled();
  expect(seenIn(offline.workspace)).toEqual([REPLY]);
  offline.page.kill();

  world.server.isDown = false;
  const again = world.load();
  await settled();
  expect(seenIn(again.workspace)).toEqual([REPLY]);
  void again.workspace.sender.reply(servedIn(again.workspace));
  await settled();
  expect(seenIn(again.workspace)).toEqual([REPLY]);
  expect(conversation.texts).toEqual(['Do you sell olive trees?', REPLY]);
  expect(world.agent.state.drafts).toEqual({});
  again.page.kill();
  return isSurvivor;
}

test.each([
  ['at once', 0],
  ['after the server has been told of the draft', A_WHILE_MS],
])('[DC12] a reply that is sent %s is never gone and never double', async (_, pauseMs) => {
  let steps = 0;
  while (!(await run(pauseMs, steps))) steps += 1;
  expect(steps).toBeGreaterThan(5);
});
