import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { storageInMemory } from '#web/lib/live/testing/environment.ts';
import { settled, useFakeTime } from '#web/lib/live/testing/time.ts';
import { readForm } from './kept-form.ts';
import { FIELDS, FormState } from './offline-form/form-state.svelte.ts';
import { FakeSite, shown, write } from './testing/site.ts';

useFakeTime();
beforeEach(() => void vi.stubGlobal('localStorage', storageInMemory()));
afterEach(() => void vi.unstubAllGlobals());

test('[WG13] a first message that can’t be sent stays in the composer, and is sent once with the next Enter', async () => {
  const site = new FakeSite();
  const { session, page } = site.visit();
  site.isReachable = false;
  page.isOnlineNow = false;
  await write(session, 'Do orchids like rain?');
  expect([session.problem, session.draft.text]).toEqual(['offline', 'Do orchids like rain?']);
  site.isReachable = true;
  expect(await session.send()).toBe(true);
  await settled();
  expect([session.problem, session.draft.text]).toEqual([null, '']);
  expect(site.server.texts).toEqual(['Do orchids like rain?']);
});

test('[WG14] messages to a conversation that has ended open the next one, in order and once', async () => {
  const site = new FakeSite();
  const { session, page } = site.visit();
  await write(session, 'Good morning.');
  site.server.isDown = true;
  for (const socket of page.sockets) socket.lose();
  for (const conversation of site.server.conversations.values()) conversation.end();
  await write(session, 'And tomorrow?', 'And on Sunday?', 'By train.');
  site.server.isDown = false;
  page.wake();
  await settled();
  const all = ['Good morning.', 'And tomorrow?', 'And on Sunday?', 'By train.'];
  expect(shown(session)).toEqual(all);
  expect([...site.server.conversations.values()].map(({ texts }) => texts.length)).toEqual([1, 3]);
  expect(site.server.texts).toEqual(all);
});

test('[WG33] a conversation that is turned away becomes the form’s message', async () => {
  const site = new FakeSite();
  site.server.refusals.push('department.offline');
  const { session } = site.visit();
  await write(session, 'Is anybody there?');
  expect(session.conversation).toBeNull();
  expect(new FormState(session).values.text).toBe('Is anybody there?');
  expect([session.draft.text, readForm().text]).toEqual(['', 'Is anybody there?']);
  const [outbox] = site.browser.outboxes.values();
  expect(outbox?.items.size).toBe(0);
});

test('[LM8] a form that is sent when conversations are taken again goes into the composer', async () => {
  const site = new FakeSite();
  const taking = site.config;
  site.config = { ...taking, online: false, accepting: false };
  const { session } = site.visit();
  await session.loadConfig();
  const form = new FormState(session);
  const texts = { name: 'Ivy', email: 'ivy@shop.example', text: 'Do you deliver?' } as const;
  for (const field of FIELDS) form.fill(field, texts[field]);
  site.config = taking;
  await form.send();
  expect([session.isTurnedAway, session.draft.text, readForm().text]).toEqual([
    ...[false, 'Do you deliver?', ''],
  ]);
  expect(readForm().name).toBe('Ivy');
});

test('[WG21] two tabs are one visitor: what is written in one shows in the other, composer included', async () => {
  const site = new FakeSite();
  const [one, other] = [site.visit().session, site.visit().session];
  one.type('Do you');
  expect(other.draft.text).toBe('Do you');
  await write(one, 'Do you sell olive trees?');
  expect([shown(other), other.draft.text]).toEqual([['Do you sell olive trees?'], '']);
  await write(other, 'Two of them.');
  expect(shown(one)).toEqual(['Do you sell olive trees?', 'Two of them.']);
  expect(site.server.conversations.size).toBe(1);
});

test.each([true, false])(
  '[WG21] two tabs that begin together are one visitor in one conversation (locks: %s)',
  async (hasLocks) => {
    const site = new FakeSite();
    site.browser.hasLocks = hasLocks;
    // Neither hears of the other before it is done.
    site.browser.isTellingTexts = false;
    const [one, other] = [site.visit().session, site.visit().session];
    for (const session of [one, other]) session.open();
    one.type('Do you sell olive trees?');
    const sentByOne = one.send();
    other.type('And figs?');
    const sent = await Promise.all([sentByOne, other.send()]);
    await settled();
    expect(sent).toEqual([true, true]);
    expect(site.server.conversations.size).toBe(1);
    expect(site.server.texts.toSorted()).toEqual(['And figs?', 'Do you sell olive trees?']);
    for (const session of [one, other, site.visit().session]) {
      await settled();
      expect(shown(session)).toEqual(site.server.texts);
    }
  },
);

test('[WG21] a tab that leaves a conversation does not take another tab out of the next one', async () => {
  const site = new FakeSite();
  const [one, other] = [site.visit().session, site.visit().session];
  await write(one, 'Do you sell olive trees?');
  for (const conversation of site.server.conversations.values()) conversation.end();
  await settled();
  site.browser.isTellingTexts = false;
  await write(one, 'And figs?');
  other.retire();
  const { session } = site.visit();
  await settled();
  expect(shown(session)).toEqual(['And figs?']);
});

test('[DC12] a text that is typed on while the message before it is sent stays, without that message', async () => {
  const site = new FakeSite();
  const { session } = site.visit();
  session.open();
  session.type('Good morning.');
  const sent = session.send();
  session.type('Good morning. And');
  await sent;
  await settled();
  expect([shown(session), session.draft.text]).toEqual([['Good morning.'], ' And']);
});

test('[DC12] what was not delivered goes back into the composer when the visitor starts again', async () => {
  const site = new FakeSite();
  const { session, page } = site.visit();
  await write(session, 'Good morning.');
  for (const socket of page.sockets) socket.lose();
  await write(session, 'Still there?');
  session.type('Hm');
  session.startNew();
  expect([session.conversation, session.draft.text]).toEqual([null, 'Still there?\nHm']);
});

test('[DC12] a message that is sent in one tab takes nothing away that was written in another since', async () => {
  const site = new FakeSite();
  const [one, other] = [site.visit().session, site.visit().session];
  one.open();
  one.type('This is the first tab.');
  const sent = one.send();
  site.browser.isTellingTexts = false;
  other.type('And this the second.');
  await sent;
  site.browser.isTellingTexts = true;
  await settled();
  expect(other.draft.text).toBe('And this the second.');
  const { session } = site.visit();
  await settled();
  expect([shown(session), session.draft.text]).toEqual([
    ['This is the first tab.'],
    'And this the second.',
  ]);
});

test('[WG43] what is said of the department follows the state, and what is written in stays', async () => {
  const site = new FakeSite();
  const { session } = site.visit();
  session.open();
  await settled();
  const there = site.config;
  const away = { ...there, online: false, accepting: false };
  const told = () => [session.config?.online, session.isTurnedAway];
  session.type('Is anybody');
  site.config = away;
  await session.refresh();
  expect(told()).toEqual([false, false]);
  session.type('');
  await session.refresh();
  expect(told()).toEqual([false, true]);
  session.isFillingIn = true;
  site.config = there;
  await session.refresh();
  expect(told()).toEqual([false, true]);
  site.isReachable = false;
  session.isFillingIn = false;
  await session.refresh();
  expect([told(), session.problem]).toEqual([[false, true], null]);
});

test('[WG44] on another department’s page a conversation is still its own department’s', async () => {
  const site = new FakeSite();
  await write(site.visit('sales').session, 'Do you sell olive trees?');
  const { session } = site.visit('support');
  session.open();
  await settled();
  await session.refresh();
  expect([session.departmentId, session.config?.department.name]).toEqual([
    'sales',
    'The sales team',
  ]);
  session.startNew();
  expect(session.config?.department.name).toBe('The support team');
});
