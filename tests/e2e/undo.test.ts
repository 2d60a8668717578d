// What an agent did a moment ago can be taken back.

import { beforeAll, expect, test } from 'vitest';
import { useParley } from '../support/own-parley.ts';
import { Agent, useBrowser, Visitor } from '../support/people.ts';

const { page } = useBrowser();
// Nothing that other stories have left in the queue, or with the agent.
const parley = useParley({});
let noor: Agent;

beforeAll(async () => {
  noor = await Agent.at(await page(), 'noor', parley().url);
  await noor.beAvailable();
});

async function served(text: string): Promise<Visitor> {
  const visitor = await Visitor.at(await page(), parley().url);
  await visitor.say(text);
  await noor.take(text);
  return visitor;
}
const undo = (text: string) => noor.notice(text).getByRole('button', { name: 'Undo' });
const ended = (visitor: Visitor) => visitor.panel.getByText('ended the conversation');

async function chooseToEnd(comment: string): Promise<void> {
  await noor.quick('End conversation').click();
  await noor.dialog.getByLabel('Comment').fill(comment);
  await noor.dialog.getByRole('button', { name: 'End conversation' }).click();
  await noor.main.getByText('This conversation is about to end.', { exact: true }).waitFor();
}

test('[WS45] an end that is undone never happens, and its comment is still there', async () => {
  const visitor = await served('Do you wrap gifts?');
  await chooseToEnd('Wants paper.');
  await undo('is about to end').click();
  await noor.say('We do.');
  await visitor.panel.getByText('We do.').waitFor();
  expect(await ended(visitor).count()).toBe(0);
  await noor.quick('End conversation').click();
  expect(await noor.dialog.getByLabel('Comment').inputValue()).toBe('Wants paper.');
  await noor.dialog.getByRole('button', { name: 'End conversation' }).click();
  await noor.endNow();
  await ended(visitor).waitFor();
});

test('[WS45] leaving the page ends what was about to end', async () => {
  const visitor = await served('Do you sell seeds?');
  await chooseToEnd('');
  await noor.reload();
  await ended(visitor).waitFor();
});

test('[WS45] a visitor who writes before the end keeps the conversation open', async () => {
  const visitor = await served('Do you sell soil?');
  await chooseToEnd('');
  await visitor.say('Ten litres, please.');
  await noor.composer.waitFor();
  await noor.notice('wrote again').waitFor();
  await noor.end('');
});

test('[WS45] a conversation that was moved to the queue is taken back with a key, from elsewhere', async () => {
  await served('Do you sell pots?');
  await noor.confirm('Move to the queue');
  await noor.inQueue('Do you sell pots?').waitFor();
  await noor.sidebar.locator('a[href="/inbox"]').click();
  await noor.page.waitForURL('**/inbox');
  await noor.page.keyboard.press('z');
  await noor.inProgress('Do you sell pots?').click();
  await noor.end('');
});

test('[WS45] a conversation that was placed on hold is resumed', async () => {
  const visitor = await served('Do you sell moss?');
  await noor.say('I ask.');
  await visitor.panel.getByText('I ask.').waitFor();
  await noor.confirm('Place on hold');
  await noor.notice('is on hold').waitFor();
  expect(await noor.page.locator('.notice').count()).toBe(1);
  await undo('is on hold').click();
  await noor.composer.waitFor();
  await noor.inProgress('I ask.').waitFor();
  await noor.end('');
});
