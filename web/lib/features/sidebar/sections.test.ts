import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newConversationId } from '#shared/ids.ts';
import { queueEntry } from '#shared/testing/department-entries.ts';
import { settled, useFakeTime } from '#web/lib/live/testing/time.ts';
import { FakeWorkspace } from '#web/lib/live/testing/workspace.ts';
import { FOLDED_COOKIE, SidebarSections } from './sections.svelte.ts';

useFakeTime();

const page = { cookie: '' };
beforeEach(() => void vi.stubGlobal('document', page));
afterEach(() => void vi.unstubAllGlobals());

const mine = newConversationId();

/** Mara serves one, and twenty wait. */
async function marasSidebar(folded?: string) {
  const world = new FakeWorkspace();
  world.serving(mine, 'Do you sell olive trees?');
  const waiting = Array.from({ length: 20 }, (_, place) => queueEntry({ openedAt: place }));
  world.sales.happen(...waiting.map((entry) => ({ type: 'entry.put', entry }) as const));
  const { workspace } = world.load();
  await settled();
  const ids = waiting.map(({ conversationId }) => conversationId);
  return { world, workspace, sections: new SidebarSections(workspace, folded), ids };
}

test('[WS46] what the agent serves is above the queue, and of a long queue only the beginning is shown', async () => {
  const { sections, ids } = await marasSidebar();
  expect(sections.ids).toEqual([mine, ...ids.slice(0, 8)]);
  expect(sections.more).toBe(12);
  sections.showWholeQueue(true);
  expect([sections.ids.length, sections.more, sections.canShowLess]).toEqual([21, 0, true]);
});

test('[WS46] the conversation that is open is shown wherever it waits', async () => {
  const { world, workspace, sections, ids } = await marasSidebar();
  const [last = mine] = ids.slice(-1);
  const conversation = world.server.conversation(last);
  conversation.open('And palms?');
  workspace.open(conversation.snapshot);
  await settled();
  expect(sections.ids.at(-1)).toBe(last);
  expect(sections.more).toBe(11);
});

test('[WS47] a section that is folded stays so, and next and previous pass it over', async () => {
  const { sections, ids, workspace } = await marasSidebar();
  sections.toggle('progress');
  expect(sections.ids).toEqual(ids.slice(0, 8));
  expect(page.cookie).toContain(`${FOLDED_COOKIE}=progress;`);
  expect(new SidebarSections(workspace, 'progress').isFolded('progress')).toBe(true);
  sections.toggle('progress');
  expect(sections.ids[0]).toBe(mine);
});
