import { expect, test, vi } from 'vitest';
import { newConversationId } from '#shared/ids.ts';
import { settled, useFakeTime } from '#web/lib/live/testing/time.ts';
import { FakeWorkspace, servedIn } from '#web/lib/live/testing/workspace.ts';
import { Notices } from '#web/lib/ui/notices.svelte.ts';
import { Actions } from '../actions/actions.svelte.ts';
import { ACTIONS } from '../actions/all.ts';
import { Shortcuts } from '../actions/shortcuts.svelte.ts';
import { Preferences } from '../actions/preferences.svelte.ts';
import { SidePanel } from '../panels/side-panel.svelte.ts';
import { SidebarSections } from '../sidebar/sections.svelte.ts';
import { SlashMenu } from './slash-menu.svelte.ts';

useFakeTime();

/** Mara writes in a conversation that she serves. */
async function marasMenu() {
  const world = new FakeWorkspace();
  world.serving(newConversationId(), 'Do you sell olive trees?');
  const { workspace } = world.load();
  await settled();
  const conversation = servedIn(workspace);
  workspace.open({ ...world.server.conversation(conversation.id).snapshot });
  const notices = new Notices();
  const actions = new Actions({
    ...{ all: ACTIONS, workspace, notices, go: vi.fn(), leave: vi.fn() },
    ...{ preferences: new Preferences(), panel: new SidePanel(undefined) },
    sections: new SidebarSections(workspace),
    shortcuts: new Shortcuts(ACTIONS, {}),
  });
  let text = '';
  const write = (written: string) => void (text = written);
  const menu = new SlashMenu({ conversation, actions, notices, write, text: () => text });
  const submit = (written: string) => {
    write(written);
    return menu.submit();
  };
  return { actions, menu, notices, submit, text: () => text };
}

test('[WS34] a command does what its action does', async () => {
  const { actions, submit, text } = await marasMenu();
  expect(submit('/End')).toBe(true);
  expect([actions.asked?.id, text()]).toEqual(['end', '']);
});

test.each([
  ['/close', 'There is no command “/close”'],
  ['/end now', '“/end” stands alone'],
  ['/resume', 'This conversation is not on hold.'],
])('[WS43] “%s” is kept back, and why is told', async (written, why) => {
  const { actions, notices, submit, text } = await marasMenu();
  expect(submit(written)).toBe(true);
  expect([actions.asked, text()]).toEqual([null, written]);
  expect(notices.shown[0]?.text).toContain(why);
});

test('[WS34] a slash and Enter begin an invitation, and do nothing else', async () => {
  const { actions, menu, submit, text } = await marasMenu();
  submit('');
  expect(menu.press('Enter')).toBe(false);
  submit('/');
  expect(menu.press('Enter')).toBe(true);
  expect([actions.asked, text()]).toEqual([null, '/invite ']);
});
