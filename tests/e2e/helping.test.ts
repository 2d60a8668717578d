// A colleague is invited, helps and leaves.

import { beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { noorAndMara, servedBy } from '../support/colleagues.ts';
import { Proxy } from '../support/proxy/proxy.ts';
import { Agent, useBrowser } from '../support/people.ts';

const { page } = useBrowser();
let noor: Agent;
let mara: Agent;

beforeAll(async () => {
  [noor, mara] = await noorAndMara(page);
});

const served = async (text: string) => servedBy(noor, await page(), text);

test('[WS32] a colleague invited by the icon writes beside the agent, and leaves', async () => {
  const visitor = await served('Which soil for figs?');
  await noor.quick('Invite a colleague').click();
  const theo = noor.dialog.getByRole('option', { name: 'Theo Brandt' });
  await theo.getByText('Offline').waitFor();
  expect(await theo.getAttribute('aria-disabled')).toBe('true');
  await noor.page.keyboard.type('mara');
  await noor.page.keyboard.press('Enter');
  await noor.page.keyboard.press('Enter');
  await noor.isTold('You invited Mara Lindqvist.');
  await noor.main.getByText('Helpers: Mara Lindqvist').waitFor();

  await mara.inProgress('Which soil for figs?').click();
  await mara.inProgress('Helping Noor Haddad').waitFor();
  await mara.say('A sandy one.');
  await visitor.panel.getByText('A sandy one.').waitFor();
  expect(await mara.quick('End conversation').count()).toBe(0);
  await mara.confirm('Leave the conversation', 'Leave');
  await mara.isTold('You left the conversation.');
  await mara.inProgress('A sandy one.').waitFor({ state: 'hidden' });
  await noor.main.getByText('Mara Lindqvist left.').waitFor();
  await noor.end('');
});

test('[WS32] [WS34] a colleague invited by a written command helps as well', async () => {
  const visitor = await served('And which pot?');
  const { keyboard } = noor.page;
  await noor.composer.focus();
  await keyboard.type('/');
  await noor.main.getByRole('option', { name: '/invite' }).waitFor();
  await keyboard.press('Enter');
  await keyboard.type('@zoe');
  await noor.main.getByRole('option').first().waitFor({ state: 'hidden' });
  await keyboard.press('Enter');
  await noor.isTold('There is no colleague “@zoe”.');
  for (let letter = 0; letter < 3; letter++) await keyboard.press('Backspace');
  await keyboard.type('ma');
  await noor.main.getByRole('option', { name: 'Mara Lindqvist' }).waitFor();
  await keyboard.press('Tab');
  await expect.poll(() => noor.composer.inputValue()).toBe('/invite @mara ');
  await keyboard.press('Enter');
  await noor.isTold('You invited Mara Lindqvist.');
  await expect.poll(() => noor.composer.inputValue()).toBe('');
  await mara.inProgress('And which pot?').click();
  await mara.say('A clay one.');
  await visitor.panel.getByText('A clay one.').waitFor();
  expect(await visitor.panel.innerText()).not.toContain('/invite');
  await noor.end('');
  await mara.inProgress('A clay one.').waitFor({ state: 'hidden' });
});

test('[DC10] an agent who has not read a colleague’s reply is asked before their own goes out', async () => {
  const proxy = await Proxy.toUrl(inject('url'));
  onTestFinished(() => proxy.close());
  // Theo signs in to no story at all, so that a colleague is offline whatever ran before.
  const ada = await Agent.at(await page(), 'ada', proxy.url);
  const visitor = await served('Is the fig hardy?');
  await noor.quick('Invite a colleague').click();
  await noor.dialog.getByRole('option', { name: 'Ada Okafor' }).waitFor();
  await noor.page.keyboard.type('ada');
  await noor.page.keyboard.press('Enter');
  await noor.page.keyboard.press('Enter');
  await noor.isTold('You invited Ada Okafor.');
  await ada.inProgress('Is the fig hardy?').click();
  await ada.main.getByText('Is the fig hardy?').waitFor();

  proxy.cut();
  await ada.say('Down to minus ten.');
  await ada.main.getByText('Waiting to be sent').waitFor();
  await noor.say('It is not.');
  await visitor.panel.getByText('It is not.').waitFor();
  proxy.restore();
  await ada.main.getByText('Noor Haddad has replied since you wrote this.').waitFor();
  expect(await visitor.panel.innerText()).not.toContain('Down to minus ten.');
  await ada.main.getByRole('button', { name: 'Send anyway' }).click();
  await visitor.panel.getByText('Down to minus ten.').waitFor();
  await noor.end('');
});

test('[WS33] [WS36] details are edited, and every colleague sees them', async () => {
  await served('The gate is stuck.');
  await mara.goTo(noor.page.url());
  await noor.page.keyboard.press('Escape');
  await noor.page.keyboard.press('d');
  const form = noor.page.getByRole('form', { name: 'Edit the details' });
  await form.getByLabel('Topic').fill('Garden gate');
  await form.getByRole('button', { name: 'Damage' }).click();
  await form.getByLabel('Priority').selectOption('Urgent');
  await form.getByLabel('SLA').selectOption('Gold, within 15 minutes');
  await form.getByRole('button', { name: 'Save' }).click();
  await noor.isTold('The details have been saved.');
  await noor.inProgress(/Priority: Urgent.*Due in/).waitFor();
  await noor.main.locator('header').getByText('Due in').waitFor();
  await mara.main
    .getByText('Noor Haddad changed the details. Topic: Garden gate. Tags: Damage.')
    .waitFor();
  await mara.page.getByRole('complementary').getByText('Garden gate').waitFor();

  await noor.confirm('Move to the queue');
  const line = mara.inQueue('The gate is stuck.');
  await line.getByText('Priority: Urgent').waitFor();
  await line.getByText(/Due in 1[0-5]m/).waitFor();
  await noor.take('The gate is stuck.');
  await noor.quick('End conversation').click();
  const damage = noor.dialog.getByRole('button', { name: 'Damage' });
  expect(await damage.getAttribute('aria-pressed')).toBe('true');
  await noor.dialog.getByRole('button', { name: 'Cancel' }).click();
  await noor.end('');
});
