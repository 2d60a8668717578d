import * as v from 'valibot';
import { expect, test, vi } from 'vitest';
import { agentIdSchema, newCommandId, newConversationId } from '#shared/ids.ts';
import { AgentDrafts } from './agent-drafts.svelte.ts';
import { refusal } from '#shared/refusals.ts';
import { storageInMemory } from './testing/environment.ts';
import { useFakeTime } from './testing/time.ts';

useFakeTime();

const NOOR = v.parse(agentIdSchema, 'noor');

test('[DC12] what was sent before the connection stands does not come back as a draft', () => {
  const conversation = newConversationId();
  const told: string[] = [];
  let isConnected = false;
  const storage = storageInMemory();
  const drafts = new AgentDrafts(
    NOOR,
    {},
    () => storage,
    (_conversation, text) => {
      if (!isConnected) return null;
      told.push(text);
      return newCommandId();
    },
  );
  // The page before has told the server its draft, after this page was rendered.
  drafts.write(conversation, 'A window to the south is best.');
  drafts.write(conversation, '');
  isConnected = true;
  drafts.begin({ [conversation]: 'A window to the sou' });
  expect(told).toEqual(['']);
  expect(drafts.textIn(conversation)).toBe('');
});

test('[DC12] a blank draft of which the server knows nothing needs no telling', () => {
  const conversation = newConversationId();
  const told: string[] = [];
  const storage = storageInMemory();
  const drafts = new AgentDrafts(
    NOOR,
    {},
    () => storage,
    (_conversation, text) => {
      told.push(text);
      return newCommandId();
    },
  );
  drafts.begin({});
  drafts.write(conversation, '');
  expect(told).toEqual([]);
});

test('[WS11] a draft that the server refuses stays on the device, which says so and does not insist', () => {
  const conversation = newConversationId();
  const storage = storageInMemory();
  const told: string[] = [];
  let last = newCommandId();
  const tell = (_conversation: string, text: string) => {
    told.push(text);
    return (last = newCommandId());
  };
  const drafts = new AgentDrafts(NOOR, {}, () => storage, tell);
  drafts.begin({});
  drafts.write(conversation, 'x'.repeat(20_001));
  drafts.sync();
  expect([told.length, drafts.isOnlyHere(conversation)]).toEqual([0, true]);
  drafts.write(conversation, 'Half a sent');
  expect(drafts.isOnlyHere(conversation)).toBe(false);
  drafts.sync();
  drafts.refused(last, refusal('conversation.unknown'));
  drafts.sync();
  expect([told, drafts.isOnlyHere(conversation)]).toEqual([['Half a sent'], true]);
  expect(storage.getItem('parley-drafts-noor')).toContain('Half a sent');
});

test('[WS11] a draft that came too fast is told again when the server allows it', () => {
  const storage = storageInMemory();
  const told: string[] = [];
  let last = newCommandId();
  const drafts = new AgentDrafts(
    NOOR,
    {},
    () => storage,
    (_conversation, text) => {
      told.push(text);
      return (last = newCommandId());
    },
  );
  const conversation = newConversationId();
  drafts.begin({});
  drafts.write(conversation, 'Half a sent');
  drafts.sync();
  drafts.refused(last, refusal('rate.limited', { seconds: 5 }));
  expect(drafts.isOnlyHere(conversation)).toBe(false);
  vi.advanceTimersByTime(5_000);
  expect(told).toEqual(['Half a sent', 'Half a sent']);
});
