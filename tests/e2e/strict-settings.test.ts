// Settings that assign conversations automatically, allow one at a time, and require a comment and tags at the end.

import { beforeAll, expect, test } from 'vitest';
import { embedFor, useParley } from '../support/own-parley.ts';
import { Agent, useBrowser, Visitor } from '../support/people.ts';

const ending = { comment_required: true, tags_required: true };
const parley = useParley({
  departments: [
    { id: 'sales', name: 'Sales', enabled: true, ending },
    { id: 'support', name: 'Support', enabled: true, routing: { method: 'load-balancing' } },
    { id: 'returns', name: 'Returns', enabled: true },
    { id: 'archive', name: 'Archive', enabled: false },
  ],
  limits: { max_conversations_per_agent: 1, invited_count: false, message_characters: 5000 },
});
const { page } = useBrowser();
let noor: Agent;
let mara: Agent;

beforeAll(async () => {
  await parley().join('mara', 'returns');
  mara = await Agent.at(await page(), 'mara', parley().url);
  noor = await Agent.at(await page(), 'noor', parley().url);
});

test('[WS31] a conversation can be ended only with the required comment and tags', async () => {
  await mara.beAvailable();
  const visitor = await Visitor.at(await page(), parley().url);
  await visitor.say('Are there any left?');
  await mara.take('Are there any left?');
  await mara.quick('End conversation').click();
  const submit = mara.dialog.getByRole('button', { name: 'End conversation' });
  expect(await submit.isDisabled()).toBe(true);
  await mara.dialog.getByLabel('Comment').fill('None left.');
  expect(await submit.isDisabled()).toBe(true);
  await mara.dialog.getByRole('button', { name: 'Order' }).click();
  await submit.click();
  await mara.endNow();
  await mara.isTold('The conversation has ended.');
  await mara.main.getByText('None left.').first().waitFor();
  await mara.page.getByRole('complementary').getByText('Order').waitFor();
});

test('[WS39] an agent who forwards to a department that is not theirs is told that they lose access', async () => {
  await noor.beAvailable();
  const visitor = await Visitor.at(await page(), parley().url);
  await visitor.say('I send this back.');
  await noor.take('I send this back.');
  await noor.quick('Forward').click();
  await noor.dialog.getByRole('option', { name: 'Returns' }).click();
  await noor.dialog.getByRole('button', { name: 'Forward', exact: true }).click();
  await noor.isTold('Forwarded to Returns.');
  await noor.main.getByText('You no longer have access to this conversation.').waitFor();
  await visitor.say('My bank account is a secret.');
  await noor.inProgress('I send this back.').waitFor({ state: 'hidden' });
  expect(await noor.main.getByText('a secret').count()).toBe(0);
});

test('[CV13] a helper from another department still reads how it ended', async () => {
  const visitor = await Visitor.at(await embedFor(await page(), 'returns'), parley().url);
  await visitor.say('The box is broken.');
  await mara.take('The box is broken.');
  await mara.quick('Invite a colleague').click();
  await mara.dialog.getByRole('option', { name: 'Noor Haddad' }).click();
  await mara.dialog.getByRole('button', { name: 'Invite', exact: true }).click();
  await mara.isTold('You invited Noor Haddad.');
  await noor.inProgress('The box is broken.').click();
  await noor.composer.waitFor();
  await mara.end('Refunded.');
  await noor.main.getByText('Refunded.').waitFor();
});

test('[WS35] an assigned conversation appears in Chats in Progress without a click', async () => {
  await mara.beAvailable();
  const other = await Visitor.at(await page(), parley().url);
  await other.say('Mara has this one.');
  await mara.take('Mara has this one.');

  await noor.beAvailable();
  const visitor = await Visitor.at(await page(), parley().url, '/demo/support.html');
  await visitor.say('Who is there?');
  await noor.inProgress('Who is there?').click();
  await noor.main.getByText('Assigned to you.').waitFor();
  await noor.say('I am.');
  await visitor.panel.getByText('I am.').waitFor();

  expect(await noor.why('Move to the queue')).toContain('assigns conversations automatically');

  await noor.quick('Forward').click();
  const option = (name: string) => noor.dialog.getByRole('option', { name });
  await option('Mara Lindqvist').getByText('At the limit').waitFor();
  await option('Archive').getByText('Disabled').waitFor();
  expect(await option('Mara Lindqvist').getAttribute('aria-disabled')).toBe('true');
  await noor.page.keyboard.press('Escape');

  const third = await Visitor.at(await page(), parley().url);
  await third.say('And me?');
  await noor.inQueue('And me?').click();
  await noor.main.getByText('You already have 1 conversation, your limit here.').waitFor();
});
