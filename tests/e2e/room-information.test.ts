// What agents see of a conversation and its visitor, what they note about it, and how it goes on after its end.

import { beforeAll, expect, test } from 'vitest';
import { audit } from '../support/axe.ts';
import { useParley } from '../support/own-parley.ts';
import { Agent, DESKTOP, useBrowser, Visitor } from '../support/people.ts';

const parley = useParley({
  departments: [
    {
      ...{ id: 'sales', name: 'Sales', enabled: true },
      ending: { comment_required: true, tags_required: true },
    },
    { id: 'support', name: 'Support', enabled: true },
  ],
  custom_fields: [
    {
      ...{ id: 'order', name: 'Order number', of: 'conversation' },
      ...{ pattern: '[A-Z]{2}\\d{4}', visitor_may_see: true },
    },
    { id: 'size', name: 'Size', of: 'conversation', kind: 'choice', choices: ['Small', 'Large'] },
  ],
});
const { page } = useBrowser();
let noor: Agent;
let mara: Agent;

beforeAll(async () => {
  noor = await Agent.at(await page(), 'noor', parley().url);
  mara = await Agent.at(await page(), 'mara', parley().url);
  await mara.beAvailable();
});

const details = (agent: Agent) =>
  agent.page.getByRole('complementary', { name: 'Room information' });

async function served(text: string, path = '/demo/'): Promise<Visitor> {
  const shop = await page({ locale: 'de-AT', timezoneId: 'Europe/Vienna' });
  const visitor = await Visitor.at(shop, parley().url, path);
  await visitor.say(text);
  await mara.take(text);
  return visitor;
}

test('[RI10] [RI11] [RI12] [RI16] an agent sees what is known of a conversation, where the visitor is and with what, and who else looks', async () => {
  const visitor = await served('Where am I?', '/demo/?session=secret');
  const visitorFacts = details(mara).getByLabel('Visitor', { exact: true });
  await visitorFacts.getByText(`${parley().url}/demo/`).first().waitFor();
  await visitorFacts.getByText('Austrian German').waitFor();
  await visitorFacts.getByText(/Chrome \d+, \w+/).waitFor();
  expect(await visitorFacts.innerText()).toMatch(/Local time\s+\w{3}\.? \d\d:\d\d/);
  expect(await details(mara).innerText()).not.toContain('secret');
  const facts = await details(mara).getByLabel('Conversation', { exact: true }).innerText();
  for (const name of ['Channel', 'Contact', 'Department', 'Queue time', 'Created at']) {
    expect(facts).toContain(name);
  }
  expect(facts).toContain('Taken at');
  expect(facts).toContain('Average response time');
  expect(facts).toMatch(/Agent\s+Mara Lindqvist/);
  expect(facts).toMatch(/First response time\s+No reply yet/);
  await mara.quick('Room information').click();
  await details(mara).waitFor({ state: 'hidden' });
  await mara.quick('Room information').click();
  await mara.say('At the shop.');
  await details(mara)
    .getByText(/^Inactivity time$/)
    .waitFor();
  await details(mara).getByText('No reply yet').first().waitFor({ state: 'hidden' });

  await visitor.page.getByRole('link', { name: 'Care and returns' }).click();
  await visitorFacts.getByText(`${parley().url}/demo/support`).waitFor();
  await visitor.page.goto('about:blank');
  await visitorFacts.getByText('Not on the site').waitFor();

  await noor.goTo(mara.page.url());
  await mara.main.getByText('also looking: Noor Haddad').waitFor();
  await noor.goTo('/inbox');
  await mara.main.getByText('also looking').waitFor({ state: 'hidden' });
});

test('[RI4] [RI5] [RI14] fields are checked and shown to the visitor; a tag takes three keys', async () => {
  const visitor = await served('Which order?');
  const { keyboard } = mara.page;
  await keyboard.press('Control+.');
  await mara.dialog.getByRole('option', { name: 'Damage' }).waitFor();
  await keyboard.type('d');
  await keyboard.press('Enter');
  await mara.isTold('Tagged with Damage.');
  await details(mara).getByText('Damage').waitFor();
  expect(await mara.composer.inputValue()).toBe('');

  await details(mara).getByRole('button', { name: 'Edit', exact: true }).click();
  const form = mara.page.getByRole('form', { name: 'Edit the details' });
  await form.getByLabel('Size').selectOption('Large');
  await form.getByLabel('Order number').fill('12');
  await form.getByLabel('Order number').blur();
  await form.getByText('Order number does not look as it should.').waitFor();
  expect(await form.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await form.getByLabel('Order number').fill('AB1234');
  await form.getByRole('button', { name: 'Save' }).click();
  await details(mara).getByText('AB1234').waitFor();
  await visitor.panel.getByText('Order number: AB1234').waitFor();
  expect(await visitor.panel.innerText()).not.toContain('Large');
});

test('[RI6] [RI8] an agent whose visitor has ended adds what the department asks for', async () => {
  const visitor = await served('Thanks, bye.');
  await visitor.panel.getByRole('button', { name: /End/ }).first().click();
  await visitor.panel.getByRole('button', { name: /^End/ }).last().click();
  const wrapUp = mara.page.getByRole('form', { name: 'Still needed from you' });
  await wrapUp.getByLabel('Comment').fill('Found it herself.');
  const save = wrapUp.getByRole('button', { name: 'Save' });
  expect(await save.isDisabled()).toBe(true);
  await audit(mara.page);
  await mara.page.setViewportSize(DESKTOP);
  await wrapUp.getByRole('button', { name: 'Advice' }).click();
  await save.click();
  await wrapUp.waitFor({ state: 'hidden' });
  await details(mara).getByText('Found it herself.').waitFor();
  await details(mara).getByRole('button', { name: 'Edit', exact: true }).click();
  const form = mara.page.getByRole('form', { name: 'Edit the details' });
  await form.getByLabel('Topic').fill('A farewell');
  await form.getByRole('button', { name: 'Save' }).click();
  await details(mara).getByText('A farewell').waitFor();
});

test('[RI9] [RI15] a conversation is on hold until a time, and the last word can end it', async () => {
  await served('Tell me tomorrow.');
  await mara.say('I will.');
  await mara.inProgress('I will.').waitFor();
  await mara.page.keyboard.press('Escape');
  await mara.page.keyboard.press('s');
  await mara.dialog.getByLabel('Until').selectOption('Another time…');
  await mara.dialog.getByLabel('Day and time').fill('2020-01-01T09:00');
  await mara.dialog.getByText('Choose a time that is yet to come.').waitFor();
  await mara.dialog.getByLabel('Until').selectOption('Tomorrow at 9 o’clock');
  await mara.dialog.getByRole('button', { name: 'Place on hold' }).click();
  await mara.onHold('I will.').waitFor();
  await mara.main.getByText('It comes back on').waitFor();
  await mara.main.getByRole('button', { name: 'Resume' }).first().click();
  await mara.composer.fill('Goodbye.');
  await mara.composer.press('Control+Shift+Enter');
  await mara.dialog.getByLabel('Comment').fill('Done.');
  await mara.dialog.getByRole('button', { name: 'Order' }).click();
  await mara.dialog.getByRole('button', { name: 'End conversation' }).click();
  await mara.endNow();
  await mara.main.getByText('You ended this conversation.').waitFor();
  expect(await mara.said()).toContain('Goodbye.');
});
