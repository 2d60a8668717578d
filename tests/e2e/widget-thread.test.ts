// The thread in the panel: what counts as seen, how it scrolls, and which conversations it holds.

import type { Locator } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { useAgent } from '../support/answering.ts';
import { eventually, useBrowser, Visitor } from '../support/people.ts';

const { page } = useBrowser();
const mara = useAgent('mara');

/** Its position on the screen. */
const topOf = (locator: Locator) => locator.evaluate((node) => node.getBoundingClientRect().top);
const numbered = (count: number) => Array.from({ length: count }, (_, i) => `Reply ${i + 1}.`);

test('[WG9] a conversation continues after a reload, with everything in it', async () => {
  const visitor = await Visitor.at(await page());
  await visitor.say('I shall reload.');
  const agent = await mara.take(visitor);
  await agent.say('Please do.');
  await visitor.thread.getByText('Please do.').waitFor();
  await visitor.reload();
  await eventually(() => visitor.said(), ['I shall reload.', 'Please do.']);
  await visitor.say('I am back.');
  await eventually(async () => agent.said(), ['I shall reload.', 'Please do.', 'I am back.']);
});

test('[WG17] [WG18] replies to a closed panel count on the launcher until the panel shows them', async () => {
  const visitor = await Visitor.at(await page());
  await visitor.say('I shall look away.');
  const agent = await mara.take(visitor);
  await agent.say('One.');
  await eventually(async () => agent.heard(), { delivered: 1, seen: 1 });

  await visitor.page.keyboard.press('Escape');
  await agent.say('Two.', 'Three.');
  await visitor.page.getByRole('button', { name: 'Chat with us, 2 unread', exact: true }).waitFor();
  expect(await visitor.launcher.innerText()).toBe('2');
  await eventually(async () => agent.heard(), { delivered: 3, seen: 1 });

  await visitor.open();
  await eventually(async () => agent.heard(), { delivered: 3, seen: 3 });
  expect(await visitor.launcher.innerText()).toBe('');
  expect(await visitor.launcher.getAttribute('aria-label')).toBe('Chat with us');
});

test('[WG18] [WG19] a reader further up stays there, sees how much is new, and gets to it by a button', async () => {
  const visitor = await Visitor.at(await page());
  await visitor.say('Tell me a lot.');
  const agent = await mara.take(visitor);
  await agent.say(...numbered(20));
  await eventually(async () => agent.heard().seen, 20);

  const reading = visitor.thread.getByText('Reply 1.', { exact: true });
  await reading.evaluate((message) => message.scrollIntoView());
  await visitor.panel.getByRole('button', { name: 'Go to the latest message' }).waitFor();
  const top = await topOf(reading);
  await agent.say('And this is new.');
  const jump = visitor.panel.getByRole('button', { name: 'New messages: 1' });
  await jump.waitFor();
  await eventually(async () => agent.heard(), { delivered: 21, seen: 20 });
  expect(await topOf(reading)).toBeCloseTo(top, 0);

  await jump.click();
  await jump.waitFor({ state: 'hidden' });
  await eventually(async () => agent.heard().seen, 21);
});

test('[WG20] older messages load above without moving the messages on screen', async () => {
  const visitor = await Visitor.at(await page());
  await visitor.say('Tell me everything.');
  const agent = await mara.take(visitor);
  await agent.say(...numbered(110));
  await visitor.reload();
  const messages = visitor.thread.locator('.message');
  await visitor.thread.getByText('Reply 110.').waitFor();
  expect(await messages.count()).toBeLessThanOrEqual(100);

  const reading = visitor.thread.getByText('Reply 30.', { exact: true });
  /** In one step, before anything can load. */
  const before = await reading.evaluate((message) => {
    const thread = message.closest('[role="log"]');
    // The column is reversed, so its beginning is above 0.
    thread?.scrollTo(0, -thread.scrollHeight);
    return message.getBoundingClientRect().top;
  });
  await eventually(() => messages.count(), 111);
  expect(Math.abs((await topOf(reading)) - before)).toBeLessThan(2);
  expect((await visitor.said()).slice(0, 2)).toEqual(['Tell me everything.', 'Reply 1.']);
});

test('[WG21] the tabs of a browser are one visitor in one conversation', async () => {
  const visitor = await Visitor.at(await page());
  const tab = await visitor.otherTab();
  await visitor.say('This is the first tab.');
  await tab.thread.getByText('This is the first tab.').waitFor();
  await tab.say('And this the second.');
  const agent = await mara.take(visitor);
  await agent.say('I hear you both.');
  const talk = ['This is the first tab.', 'And this the second.', 'I hear you both.'];
  await eventually(() => visitor.said(), talk);
  await eventually(() => tab.said(), talk);
  expect(agent.said()).toEqual(talk);
  expect(tab.conversationId).toBe(visitor.conversationId);
});

test('[WG22] after the end a visitor starts a new conversation, and can show the earlier ones again', async () => {
  const visitor = await Visitor.at(await page());
  await visitor.say('A word about roses.');
  const agent = await mara.take(visitor);
  await agent.end();
  await visitor.panel.getByRole('button', { name: 'Start a new conversation' }).click();
  await eventually(() => visitor.said(), []);
  await visitor.panel.getByText('How can we help?').waitFor();

  await visitor.say('And one about tulips.');
  await eventually(() => visitor.said(), ['And one about tulips.']);
  await visitor.isDelivered();
  await visitor.panel.getByRole('button', { name: 'Show earlier messages' }).click();
  await eventually(() => visitor.said(), ['A word about roses.', 'And one about tulips.']);

  await visitor.page.goto(`${inject('url')}/demo/`);
  await eventually(async () => (await visitor.said()).at(-1), 'And one about tulips.');
});
