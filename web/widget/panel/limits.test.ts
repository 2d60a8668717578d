import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newOfflineMessageId } from '#shared/ids.ts';
import { storageInMemory } from '#web/lib/live/testing/environment.ts';
import { settled, useFakeTime } from '#web/lib/live/testing/time.ts';
import { FakeSite, shown, write } from './testing/site.ts';

useFakeTime();
beforeEach(() => {
  vi.stubGlobal('localStorage', storageInMemory());
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('[RL8] a first message that is too much for now stays in the composer, and the panel says so', async () => {
  const site = new FakeSite();
  const { session } = site.visit();
  session.open();
  await settled();
  site.isBusy = true;
  await write(session, 'Do orchids like rain?');
  expect([session.problem, session.draft.text]).toEqual(['busy', 'Do orchids like rain?']);
  site.isBusy = false;
  expect(await session.send()).toBe(true);
  await settled();
  expect([session.problem, session.draft.text]).toEqual([null, '']);
  expect(site.server.texts).toEqual(['Do orchids like rain?']);
});

test('[RL8] an offline message that is too much for now is not taken for sent', async () => {
  const site = new FakeSite();
  const { session } = site.visit();
  session.open();
  await settled();
  site.isBusy = true;
  const message = { name: 'Ivy', email: 'ivy@shop.example', text: 'Hello' };
  const isSent = await session.sendOfflineMessage({ id: newOfflineMessageId(), ...message });
  expect([isSent, session.problem]).toEqual([false, 'busy']);
});

test('[RL13] a conversation that is full is ended, and what was written goes on in the next one', async () => {
  const site = new FakeSite();
  const { session } = site.visit();
  await write(session, 'Good morning.');
  const [full] = site.server.conversations.values();
  full?.refusals.push('conversation.full');
  await write(session, 'And another thing.');
  await settled();
  const [first, next] = [...site.server.conversations.values()];
  expect([first?.state.status, first?.texts]).toEqual(['closed', ['Good morning.']]);
  expect([next?.state.status, next?.texts]).toEqual(['queued', ['And another thing.']]);
  expect(next?.state).toMatchObject({ previousId: first?.id });
  expect(shown(session)).toEqual(['Good morning.', 'And another thing.']);
});
