// An agent at work: keyboard, drafts, a lost connection, a phone.

import { expect, inject, onTestFinished, test } from 'vitest';
import { Proxy } from '../support/proxy/proxy.ts';
import { Agent, eventually, PHONE, useBrowser, Visitor } from '../support/people.ts';

const { page } = useBrowser();

test('[WS24] taking, replying and ending work with the keyboard alone', async () => {
  const visitor = await Visitor.at(await page());
  await visitor.say('Do cacti like rain?');
  const agent = await Agent.at(await page(), 'noor');
  await agent.inQueue('Do cacti like rain?').click();
  await agent.main.getByText('Do cacti like rain?').waitFor();
  const { keyboard } = agent.page;
  if (await agent.main.getByRole('button', { name: 'Become available' }).isVisible()) {
    await keyboard.press('a');
    await agent.page.getByRole('button', { name: 'Noor Haddad, Available' }).waitFor();
  }
  await keyboard.press('t');
  await agent.composer.waitFor();
  await agent.composer.focus();
  await keyboard.type('Hardly.');
  await keyboard.press('Enter');
  await eventually(() => visitor.said(), ['Do cacti like rain?', 'Hardly.']);
  await keyboard.press('Escape');
  await keyboard.press('e');
  await agent.page.getByRole('dialog').getByLabel('Comment').waitFor();
  await keyboard.type('Answered');
  await keyboard.press('Control+Enter');
  await visitor.panel.getByText('ended the conversation').waitFor();
});

test('[WS25] a draft waits where it was written, on every device', async () => {
  const visitor = await Visitor.at(await page());
  await visitor.say('How tall do olive trees get?');
  const agent = await Agent.at(await page(), 'noor');
  const phone = await Agent.at(await page({ viewport: PHONE }), 'noor');
  await agent.take('How tall do olive trees get?');
  await agent.composer.fill('About three me');
  await agent.goTo('/inbox');
  await phone.goTo(agent.page.url());
  await phone.inProgress('How tall do olive trees get?').click();
  await expect.poll(() => phone.composer.inputValue()).toBe('About three me');
  await phone.say('About three metres.');
  await agent.page.goBack();
  await eventually(() => agent.said(), ['How tall do olive trees get?', 'About three metres.']);
  await expect.poll(() => agent.composer.inputValue()).toBe('');
  await agent.end('');
});

test('[DC12] [WS11] a reply that was being written, or was just sent, survives a reload', async () => {
  const visitor = await Visitor.at(await page());
  await visitor.say('Do palms need much light?');
  const agent = await Agent.at(await page(), 'noor');
  await agent.take('Do palms need much light?');
  await agent.say('As much as you have.');
  await agent.reload();
  await eventually(() => agent.said(), ['Do palms need much light?', 'As much as you have.']);
  await agent.composer.fill('A window to the sou');
  await agent.reload();
  await expect.poll(() => agent.composer.inputValue()).toBe('A window to the sou');
  await agent.say('A window to the south is best.');
  await eventually(
    () => visitor.said(),
    ['Do palms need much light?', 'As much as you have.', 'A window to the south is best.'],
  );
  await expect.poll(() => agent.composer.inputValue()).toBe('');
  await agent.end('');
});

test('[DC1] what an agent writes without a connection survives a reload and is sent once', async () => {
  const proxy = await Proxy.toUrl(inject('url'));
  onTestFinished(() => proxy.close());
  const visitor = await Visitor.at(await page());
  await visitor.say('Can I pick it up today?');
  const agent = await Agent.at(await page(), 'noor', proxy.url);
  await agent.take('Can I pick it up today?');
  await visitor.panel.getByText('Noor Haddad joined').waitFor();
  proxy.cut();
  await agent.say('Until six.');
  await agent.main.getByText('Waiting to be sent').waitFor();
  proxy.restore();
  await agent.reload();
  await eventually(() => visitor.said(), ['Can I pick it up today?', 'Until six.']);
  await eventually(() => agent.said(), ['Can I pick it up today?', 'Until six.']);
  await agent.end('');
});

test('[WS26] on a phone the list and the conversation are separate views', async () => {
  const visitor = await Visitor.at(await page());
  await visitor.say('Is the shop open on Sundays?');
  const agent = await Agent.at(await page({ viewport: PHONE }), 'noor');
  await agent.inQueue('Is the shop open on Sundays?').click();
  await agent.main.getByText('Is the shop open on Sundays?').waitFor();
  await agent.sidebar.waitFor({ state: 'hidden' });
  await agent.page.getByRole('link', { name: 'Back to the list' }).click();
  await agent.inQueue('Is the shop open on Sundays?').waitFor();
});
