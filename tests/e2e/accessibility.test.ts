// Every screen, checked by axe.

import { inject, test } from 'vitest';
import { useAgent } from '../support/answering.ts';
import { audit } from '../support/axe.ts';
import { servedBy } from '../support/colleagues.ts';
import { Agent, DESKTOP, useBrowser, Visitor } from '../support/people.ts';

const { page } = useBrowser();
const mara = useAgent('mara');

test('[AX1] signing in, also with a mistake', async () => {
  const tab = await page();
  await tab.goto(inject('url'));
  await tab.getByLabel('Email').fill('nobody@parley.example');
  await audit(tab);
  await tab.getByLabel('Password').fill('wrong');
  await tab.getByRole('button', { name: 'Sign in' }).click();
  await tab.getByText('Email and password do not match.').waitFor();
  await audit(tab);
});

test('[AX1] the workspace with nothing open, its menu, its palette and its shortcuts', async () => {
  const { page: tab, sidebar } = await Agent.at(await page(), 'mara');
  await sidebar.getByRole('link').first().waitFor();
  await audit(tab);

  await tab.keyboard.press('Control+k');
  await tab.getByRole('dialog', { name: 'Commands and people' }).waitFor();
  await audit(tab);
  await tab.keyboard.press('Escape');

  await tab.keyboard.press('?');
  await tab.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await audit(tab);
  await tab.keyboard.press('Escape');

  await sidebar.getByRole('button', { name: /^Mara Lindqvist/ }).click();
  await tab.getByRole('menu').waitFor();
  await audit(tab);
});

test('[AX1] a conversation in the workspace, from the queue to the end', async () => {
  const visitor = await Visitor.at(await page());
  const agent = await Agent.at(await page(), 'mara');
  await visitor.say('Is https://shop.example/ivy about real ivy?');
  await agent.inQueue('about real ivy?').click();
  await agent.main.getByRole('button', { name: 'Take it' }).last().waitFor();
  await audit(agent.page);

  await agent.page.setViewportSize(DESKTOP);
  await agent.take('about real ivy?');
  await agent.say('It is.');
  await audit(agent.page, async () => {
    await visitor.composer.fill('');
    await visitor.composer.pressSequentially('Then');
    await agent.main.getByText(/is typing/).waitFor();
  });

  await agent.main.getByRole('button', { name: 'End conversation' }).click();
  const dialog = agent.page.getByRole('dialog');
  await dialog.getByLabel('Comment').fill('Likes ivy.');
  await audit(agent.page);
  await dialog.getByRole('button', { name: 'End conversation' }).click();
  await agent.endNow();
  await agent.main.getByText('Likes ivy.').first().waitFor();
  await audit(agent.page);
});

test('[AX1] every dialog of a conversation, its details being edited, and a conversation on hold', async () => {
  const visitor = await Visitor.at(await page());
  const agent = await Agent.at(await page(), 'mara');
  await agent.beAvailable();
  await visitor.say('Does ivy climb?');
  await agent.take('Does ivy climb?');
  await agent.say('It does.');
  await visitor.panel.getByText('It does.').waitFor();

  for (const name of ['Move to the queue', 'Forward', 'Place on hold', 'Invite a colleague']) {
    await agent.page.setViewportSize(DESKTOP);
    await agent.quick(name).click();
    await agent.dialog.getByRole('button', { name: 'Cancel' }).waitFor();
    // Lists of colleagues are there once the server has answered.
    if (/Forward|Invite/.test(name)) await agent.dialog.getByRole('option').first().waitFor();
    await audit(agent.page);
    await agent.page.keyboard.press('Escape');
    await agent.dialog.waitFor({ state: 'hidden' });
  }
  await agent.composer.fill('/invite ');
  await agent.main.getByRole('option').first().waitFor();
  await audit(agent.page);
  await agent.composer.fill('');

  await agent.main.getByRole('button', { name: 'More actions' }).click();
  await agent.page.getByRole('menu').waitFor();
  await audit(agent.page);
  await agent.page.keyboard.press('Escape');

  // Opened on a phone they cover the thread; on a desktop they are beside it.
  await agent.page.keyboard.press('Escape');
  await agent.page.keyboard.press('d');
  await agent.page.getByRole('form', { name: 'Edit the details' }).waitFor();
  await audit(agent.page);
  await agent.page.getByRole('button', { name: 'Cancel' }).click();
  await agent.page.getByRole('button', { name: 'Close the panel' }).click();

  await agent.page.setViewportSize(DESKTOP);
  await agent.confirm('Place on hold');
  await agent.onHold('It does.').waitFor();
  await audit(agent.page);
  await agent.page.setViewportSize(DESKTOP);
  await agent.end('');
});

test('[AX1] a page that is not there, an offer to undo, and the question whether to sign out everywhere', async () => {
  const agent = await Agent.at(await page(), 'mara');
  const { page: tab } = agent;
  await tab.goto(`${inject('url')}/inbox/nothing`);
  await tab.getByRole('heading', { name: 'Page not found' }).waitFor();
  await audit(tab);

  await tab.setViewportSize(DESKTOP);
  await tab.getByRole('link', { name: 'Open the overview' }).click();
  await servedBy(agent, await page(), 'Does ivy freeze?');
  const takeIt = agent.main.locator('.footing').getByRole('button', { name: 'Take it' });
  const haveBack = async () => {
    if (await takeIt.isVisible()) await takeIt.click();
    await agent.composer.waitFor();
  };
  await audit(tab, async () => {
    await haveBack();
    await agent.say('/requeue');
    await agent.dialog.getByRole('button', { name: 'Move to the queue' }).click();
    await agent.notice('Moved to the queue').getByRole('button', { name: 'Undo' }).waitFor();
    await takeIt.waitFor();
  });
  await tab.setViewportSize(DESKTOP);
  await haveBack();
  await agent.end('');

  await agent.sidebar.getByRole('button', { name: /^Mara Lindqvist/ }).click();
  await tab.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
  await agent.dialog.waitFor();
  await audit(tab);
});

test('[AX1] the demo shop and its panel: empty, during a conversation, and after its end', async () => {
  const tab = await page();
  await tab.goto(`${inject('url')}/demo/support.html`);
  await tab.getByRole('button', { name: 'Chat with us' }).waitFor();
  await audit(tab);

  const visitor = await Visitor.at(tab);
  await visitor.panel.getByText('How can we help?').waitFor();
  await audit(tab);

  await visitor.say('Have you got ivy?');
  const agent = await mara.take(visitor);
  await agent.say('We have, look: https://shop.example/ivy');
  await audit(tab, async () => {
    agent.typing();
    await visitor.panel.getByText('Mara Lindqvist is typing').waitFor();
  });

  await agent.end();
  await visitor.panel.getByRole('button', { name: 'Start a new conversation' }).waitFor();
  await audit(tab);
});
