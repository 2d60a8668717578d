// Each quick action of an agent, with a colleague and a visitor.

import { beforeAll, expect, test } from 'vitest';
import { noorAndMara, servedBy } from '../support/colleagues.ts';
import { useBrowser, type Agent } from '../support/people.ts';

const { page } = useBrowser();
let noor: Agent;
let mara: Agent;

beforeAll(async () => {
  [noor, mara] = await noorAndMara(page);
  await mara.beAvailable();
});

const served = async (text: string) => servedBy(noor, await page(), text);

test('[WS27] the quick actions are always in one order, and say why they can’t be used', async () => {
  const visitor = await served('Where do the icons stand?');
  const names = await noor.main
    .getByRole('group', { name: 'Quick actions' })
    .getByRole('button')
    .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')));
  expect(names.filter(Boolean)).toEqual([
    'Take it',
    'Move to the queue',
    'Forward',
    'Place on hold',
    'End conversation',
    'Invite a colleague',
    'Write a note',
    'Room information',
    'Contact information',
    'Contact chat history',
    'Search in this conversation',
    'Canned responses',
  ]);
  expect(await noor.why('Forward')).toContain('F');
  expect(await noor.why('Take it')).toContain('You are already serving this conversation.');
  await noor.quick('Take it').click({ force: true });
  await noor.isTold('You are already serving this conversation.');
  await noor.end('');
  await visitor.panel.getByText('ended the conversation').waitFor();
  expect(await noor.why('Forward')).toContain('This conversation has ended.');
});

test('[WS28] a conversation that is moved to the queue waits there for any agent', async () => {
  await served('May somebody else answer?');
  await noor.confirm('Move to the queue');
  await noor.isTold('Moved to the queue of Sales.');
  await mara.take('May somebody else answer?');
  expect(await noor.why('Take it')).toContain('Mara Lindqvist has already taken');
  await noor.main.getByText('You moved the conversation to the queue.').waitFor();
  await mara.end('');
});

test('[WS29] a conversation that is forwarded to a colleague is theirs, and no visitor sees the comment', async () => {
  const visitor = await served('Could Mara help me?');
  await noor.quick('Forward').click();
  const submit = noor.dialog.getByRole('button', { name: 'Forward', exact: true });
  expect(await submit.isDisabled()).toBe(true);
  const option = (name: string) => noor.dialog.getByRole('option', { name });
  await option('Theo Brandt').getByText('Offline').waitFor();
  await option('Sales').getByText('Current department').waitFor();
  await option('Noor Haddad').getByText('Has this conversation').waitFor();
  for (const name of ['Theo Brandt', 'Sales', 'Noor Haddad']) {
    expect(await option(name).getAttribute('aria-disabled')).toBe('true');
  }
  await noor.page.keyboard.type('lindq');
  await noor.page.keyboard.press('Enter');
  await noor.page.keyboard.type('Knows her orders.');
  await noor.page.keyboard.press('Control+Enter');
  await noor.isTold('Forwarded to Mara Lindqvist.');
  await mara.inProgress('Could Mara help me?').click();
  await mara.main.getByText('Knows her orders.').waitFor();
  await mara.say('Here I am.');
  await visitor.panel.getByText('Here I am.').waitFor();
  expect(await visitor.panel.innerText()).not.toContain('Knows her orders.');
  await mara.end('');
});

test('[WS29] a conversation that is forwarded to a department waits in its queue', async () => {
  await served('This is about a return.');
  await noor.quick('Forward').click();
  await noor.dialog.getByRole('option', { name: 'Support' }).click();
  await noor.dialog.getByRole('button', { name: 'Forward', exact: true }).click();
  await noor.isTold('Forwarded to Support.');
  await mara.inQueue('This is about a return.').getByText('Support').waitFor();
  await mara.take('This is about a return.');
  await mara.end('');
});

test('[WS30] conversations on hold have a section of their own, until they are resumed', async () => {
  await served('I will look up the number.');
  expect(await noor.why('Place on hold')).toContain('The visitor wrote last.');
  await noor.say('Take your time.');
  await noor.main.getByText('Sent').or(noor.main.getByText('Seen')).last().waitFor();
  await noor.confirm('Place on hold');
  await noor.isTold('is on hold.');
  await noor.onHold('Take your time.').waitFor();
  await noor.inProgress('Take your time.').waitFor({ state: 'hidden' });
  await noor.composer.waitFor({ state: 'hidden' });
  expect(await noor.why('Forward')).toContain('Resume it first.');
  await noor.main.getByRole('button', { name: 'Resume' }).last().click();
  await noor.isTold('You resumed the conversation');
  await noor.inProgress('Take your time.').waitFor();
  await noor.composer.waitFor();
  await noor.end('');
});

test('[WS30] a visitor who writes resumes a conversation on hold', async () => {
  const visitor = await served('One moment, please.');
  await noor.say('Of course.');
  await visitor.panel.getByText('Of course.').waitFor();
  await noor.confirm('Place on hold');
  await noor.onHold('Of course.').waitFor();
  await visitor.say('Here is the number: 42.');
  await noor.inProgress('Here is the number: 42.').waitFor();
  await noor.main.getByText('The visitor replied, so the conversation continues.').waitFor();
  await noor.end('');
});

test('[WS30] [WS37] the question whether to hold closes when the visitor writes', async () => {
  const visitor = await served('Wait for me?');
  await noor.say('Sure.');
  await visitor.panel.getByText('Sure.').waitFor();
  await noor.quick('Place on hold').click();
  await noor.dialog.waitFor();
  await visitor.say('Back again!');
  await noor.dialog.waitFor({ state: 'hidden' });
  await noor.isTold('The visitor wrote last. Reply first, then place the conversation on hold.');
  await noor.inProgress('Back again!').waitFor();
  await noor.end('');
});
