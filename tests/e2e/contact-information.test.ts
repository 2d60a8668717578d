// Who a contact is, and what was said with them before: an agent, a colleague and a visitor who comes back.

import { beforeAll, expect, test } from 'vitest';
import { audit } from '../support/axe.ts';
import { noorAndMara, servedBy } from '../support/colleagues.ts';
import { DESKTOP, PHONE, useBrowser, type Agent, type Visitor } from '../support/people.ts';

const { page } = useBrowser();
let noor: Agent;
let mara: Agent;

beforeAll(async () => {
  [noor, mara] = await noorAndMara(page);
  await mara.beAvailable();
});

const panel = (agent: Agent, name: string) =>
  agent.page.getByRole('complementary', { name, exact: true });

/** Beside the thread on a desktop, over it on a phone. */
async function show(agent: Agent, name: string, key: string) {
  for (const viewport of [DESKTOP, PHONE]) {
    await agent.page.setViewportSize(viewport);
    await agent.page.keyboard.press('Escape');
    if (!(await panel(agent, name).isVisible())) {
      // By the icon, and by the key.
      await (viewport === DESKTOP ? agent.quick(name).click() : agent.page.keyboard.press(key));
    }
    await panel(agent, name).waitFor();
  }
  await agent.page.setViewportSize(DESKTOP);
  return panel(agent, name);
}

test('[CI1] [CI2] [CI3] [CI6] an agent corrects a contact, and a colleague who looks has the new name at once', async () => {
  await servedBy(noor, await page(), 'Is the monstera still there?');
  const id = noor.page.url();
  await mara.goTo(id);
  await mara.main.getByRole('heading', { name: /^Visitor/ }).waitFor();

  const info = await show(noor, 'Contact information', 'c');
  await info.getByText('Livechat').waitFor();
  await audit(noor.page);
  await noor.page.setViewportSize(DESKTOP);

  await info.getByRole('button', { name: 'Edit contact' }).click();
  await info.getByLabel('Name', { exact: true }).fill('Iris Green');
  await info.getByRole('button', { name: 'Add an email address' }).click();
  await noor.page.keyboard.type('iris@shop');
  await info.getByRole('button', { name: 'Add a phone number' }).click();
  await noor.page.keyboard.type('030 1234');
  await noor.page.keyboard.press('Enter');
  await info.getByRole('alert').getByText('“iris@shop” is no email address.').waitFor();
  await info.getByLabel('Email 1', { exact: true }).fill('Iris@shop.example');
  await noor.page.keyboard.press('Enter');
  await info.getByRole('alert').getByText('“030 1234” is no phone number.').waitFor();
  await info.getByLabel('Phone 1', { exact: true }).fill('+49 30 1234567');
  await info.getByRole('button', { name: 'Change', exact: true }).click();
  await info.getByRole('option', { name: 'Mara Lindqvist' }).waitFor();
  await noor.page.keyboard.type('lindq');
  await noor.page.keyboard.press('Enter');
  await info.getByText('Mara Lindqvist').waitFor();
  await audit(noor.page);
  await noor.page.setViewportSize(DESKTOP);
  await info.getByRole('button', { name: 'Save changes' }).click();

  await info.getByRole('link', { name: 'iris@shop.example' }).waitFor();
  await info.getByRole('link', { name: '+49301234567' }).waitFor();
  await noor.main.getByRole('heading', { name: 'Iris Green' }).waitFor();
  await noor.inProgress('Iris Green').waitFor();
  await noor.main.getByText('You changed the contact’s name to Iris Green.').waitFor();
  await mara.main.getByRole('heading', { name: 'Iris Green' }).waitFor();
  await info.getByText('History of changes').click();
  await info.getByText(/^Name: Visitor \w+ → Iris Green$/).waitFor();
  expect(
    await info.getByRole('button', { name: 'Block contact' }).getAttribute('aria-disabled'),
  ).toBe('true');
  await noor.end('');
});

test('[CI9] a blocked contact is told politely, and writes again once they are unblocked', async () => {
  const visitor = await servedBy(mara, await page(), 'You will regret this.');
  const info = await show(mara, 'Contact information', 'c');
  await info.getByRole('button', { name: 'Block contact' }).click();
  await audit(mara.page);
  await mara.page.setViewportSize(DESKTOP);
  await mara.dialog.getByRole('button', { name: 'Block contact' }).click();
  await info.getByText(/Blocked by Mara Lindqvist since/).waitFor();
  await mara.end('Abusive.');
  await visitor.panel.getByText('ended the conversation').waitFor();
  await visitor.say('Let me in.');
  await visitor.panel.getByText('We can’t take your messages here at the moment.').waitFor();

  await info.getByRole('button', { name: 'Unblock contact' }).click();
  await mara.isTold('is no longer blocked.');
  await visitor.panel.getByRole('button', { name: 'Try again' }).click();
  await mara.take('Let me in.');
  await mara.end('');
});

/** Two conversations, the second of which Noor serves; the first was about a fern. */
async function aReturningVisitor(): Promise<Visitor> {
  const visitor = await servedBy(noor, await page(), 'Do you have the fern?');
  await noor.say('We do, in green.');
  await visitor.panel.getByText('We do, in green.').waitFor();
  await noor.end('Wants a fern.');
  await visitor.panel.getByText('ended the conversation').waitFor();
  await visitor.say('And a pot for it?');
  await noor.take('And a pot for it?');
  return visitor;
}

test('[CI11] [CI12] [CI13] what was said before is above the thread, and in a panel where it is searched', async () => {
  const visitor = await aReturningVisitor();
  await noor.main.getByRole('button', { name: 'Show earlier messages' }).click();
  await noor.main.getByText('We do, in green.').waitFor();
  expect(await noor.said()).toEqual([
    'Do you have the fern?',
    'We do, in green.',
    'Wants a fern.',
    'And a pot for it?',
  ]);

  const info = await show(noor, 'Contact information', 'c');
  await info.getByRole('button', { name: 'Contact chat history' }).click();
  await panel(noor, 'Contact chat history').waitFor();
  const history = await show(noor, 'Contact chat history', 'y');
  const entry = history.getByRole('button', { name: 'Wants a fern.' });
  await entry.getByText('Sales · Livechat · Noor Haddad').waitFor();
  await audit(noor.page);
  await noor.page.setViewportSize(DESKTOP);
  await entry.focus();
  await noor.page.keyboard.press('Enter');
  await history.getByText('We do, in green.').waitFor();
  await noor.page.keyboard.type('FERN');
  await history.getByText('1 message found').waitFor();
  await history.getByText('Do you have the fern?').waitFor();
  expect(await history.getByText('We do, in green.').count()).toBe(0);
  await audit(noor.page);
  await noor.page.setViewportSize(DESKTOP);
  await noor.page.keyboard.press('Escape');
  await entry.waitFor();
  await noor.end('');
  await visitor.panel.getByText('ended the conversation').last().waitFor();
});

test('[CI14] [CI15] an agent writes again after the end, and the visitor goes on in the same thread', async () => {
  const visitor = await servedBy(noor, await page(), 'Is the pot green?');
  expect(await noor.quick('Write again').count()).toBe(0);
  await noor.end('');
  await visitor.panel.getByText('ended the conversation').waitFor();
  const ended = noor.page.url();

  await noor.page.keyboard.press('Escape');
  await noor.page.keyboard.press('w');
  await noor.dialog.getByLabel('Message').fill('It is, I have looked.');
  await audit(noor.page);
  await noor.page.setViewportSize(DESKTOP);
  await noor.page.keyboard.press('Control+Enter');
  await noor.page.waitForURL((url) => url.href !== ended);
  await noor.composer.waitFor();
  await visitor.panel.getByText('It is, I have looked.').waitFor();
  await visitor.say('Lovely, thanks!');
  await noor.main.getByText('Lovely, thanks!').first().waitFor();

  await noor.goTo(ended);
  await noor.main.getByRole('link', { name: 'Go to the next conversation' }).click();
  await noor.composer.waitFor();
  await noor.end('');
});
