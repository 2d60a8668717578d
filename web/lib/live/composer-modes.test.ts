import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { newConversationId } from '#shared/ids.ts';
import { notesIn } from '#shared/internal-drafts.ts';
import { FakeWorkspace, servedIn } from './testing/workspace.ts';
import { settled, useFakeTime } from './testing/time.ts';

useFakeTime();

async function aServedConversation() {
  const world = new FakeWorkspace();
  const id = newConversationId();
  const conversation = world.serving(id, 'Hello?');
  const { workspace } = world.load();
  await settled();
  return { world, workspace, conversation, store: servedIn(workspace) };
}

test('[NT5] whatever is typed in whichever mode, no note becomes a message', async () => {
  const steps = fc.array(
    fc.oneof(fc.constant('switch' as const), fc.constant('send' as const), fc.nat(5)),
    { maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const { workspace, conversation, store } = await aServedConversation();
      const { modes, sender, agent } = workspace;
      const written = { reply: new Set<string>(), note: new Set<string>() };
      for (const step of taken) {
        const mode = modes.in(store.id);
        if (step === 'switch') modes.toggle(store.id);
        else if (step === 'send') {
          await (mode === 'note' ? sender.note(store, []) : sender.reply(store));
        } else {
          const text = `${mode} ${step}`;
          written[mode].add(text);
          agent.drafts.write(mode === 'note' ? notesIn(store.id) : store.id, text);
        }
      }
      await settled();
      for (const { command } of conversation.commands) {
        if (command.type === 'message.send') expect(written.reply).toContain(command.body.text);
        if (command.type === 'note.add') expect(written.note).toContain(command.body.text);
      }
      workspace.close();
    }),
    { numRuns: 30 },
  );
});

test('[NT5] what was begun as a note is a note after a reload, too', async () => {
  const { world, workspace, store } = await aServedConversation();
  workspace.agent.drafts.write(notesIn(store.id), 'They are cross');
  workspace.agent.drafts.sync();
  await settled();
  const { workspace: again } = world.load();
  await settled();
  expect(again.modes.in(store.id)).toBe('note');
  expect(again.agent.drafts.textIn(store.id)).toBe('');
  expect(again.agent.drafts.textIn(notesIn(store.id))).toBe('They are cross');
});

test('[NT5] the choice is remembered for each conversation', async () => {
  const { workspace, store } = await aServedConversation();
  workspace.modes.choose(store.id, 'note');
  expect(workspace.modes.in(store.id)).toBe('note');
  expect(workspace.modes.in(newConversationId())).toBe('reply');
});

test('[NT6] a note on its way is shown as a note, and once', async () => {
  const { workspace, conversation, store } = await aServedConversation();
  workspace.agent.drafts.write(notesIn(store.id), 'Between us');
  await workspace.sender.note(store, []);
  expect(store.pending.map(({ command }) => command.type)).toEqual(['note.add']);
  await settled();
  expect(store.pending).toEqual([]);
  expect(conversation.events.filter(({ type }) => type === 'note.added')).toHaveLength(1);
});
