// What a visitor sees while no agent is there: opening hours, and the form for offline messages.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useAgent } from '../support/answering.ts';
import { audit } from '../support/axe.ts';
import { embedFor, useParley } from '../support/own-parley.ts';
import { Agent, eventually, useBrowser, Visitor } from '../support/people.ts';

const DAY_MS = 86_400_000;
const today = new Date().toISOString().slice(0, 10);
const day = ['09:00-17:00'];
/** Closed today, open tomorrow at nine. */
const hours = {
  time_zone: 'UTC',
  week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day },
  holidays: [today],
};
const opensAt = Date.parse(`${today}T09:00:00Z`) + DAY_MS;
const HELSINKI = { timezoneId: 'Europe/Helsinki' };
const nine = new Intl.DateTimeFormat('en-GB', {
  ...{ timeZone: HELSINKI.timezoneId, hour: 'numeric', minute: '2-digit' },
}).format(opensAt);
const BACK = new RegExp(`We’re back (today|tomorrow) at ${nine}\\.`);

const parley = useParley({
  departments: [
    { id: 'sales', name: 'Sales', enabled: true, offline: { action: 'form' } },
    { id: 'night', name: 'Night', enabled: true, hours },
    {
      ...{ id: 'garden', name: 'Garden', enabled: true, hours },
      offline: { action: 'form' },
    },
  ],
});
const url = () => parley().url;
const { page } = useBrowser();
const mara = useAgent('mara', url);

async function open(department: string, tab?: Page): Promise<Visitor> {
  const visitor = new Visitor(await embedFor(tab ?? (await page(HELSINKI)), department));
  await visitor.page.goto(`${url()}/demo/`);
  await visitor.launcher.click();
  return visitor;
}

const field = (visitor: Visitor, name: string) =>
  visitor.panel.getByRole('textbox', { name, exact: true });
const send = (visitor: Visitor) => visitor.panel.getByRole('button', { name: 'Send' }).click();

async function fill(visitor: Visitor, texts: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(texts)) await field(visitor, name).fill(text);
}

/** What the fields hold. */
const filled = (visitor: Visitor) =>
  visitor.panel
    .getByRole('textbox')
    .evaluateAll((fields) =>
      fields.map((one) => (one as HTMLInputElement | HTMLTextAreaElement).value),
    );

test('[WG31] where no agent is there, a visitor can leave a message', async () => {
  const visitor = await open('garden');
  await visitor.panel.getByText(BACK).waitFor();
  await audit(visitor.page);
  await fill(visitor, {
    Name: 'Ivy Green',
    Email: 'ivy@shop.example',
    Message: 'Do you deliver on Sunday?',
  });
  await send(visitor);
  await visitor.panel.getByText('Thank you, Ivy Green').waitFor();
  await visitor.panel.getByText('will reply to ivy@shop.example').waitFor();
  await audit(visitor.page);
  await visitor.page.reload();
  await visitor.launcher.click();
  await field(visitor, 'Name').waitFor();
  expect(await filled(visitor)).toEqual(['', '', '']);
});

test('[WG32] a missing value is named at its field, and the others are kept', async () => {
  const visitor = await open('garden');
  await send(visitor);
  await visitor.panel.getByText('Please enter your name.').waitFor();
  await eventually(() => visitor.panel.locator('input:focus').getAttribute('id'), 'parley-name');
  await audit(visitor.page);
  await fill(visitor, { Name: 'Ivy', Email: 'ivy@shop', Message: 'Hello' });
  await send(visitor);
  await visitor.panel.getByText('Please check your email address.').waitFor();
  expect(await visitor.panel.locator('.wrong').count()).toBe(1);
  expect(await filled(visitor)).toEqual(['Ivy', 'ivy@shop', 'Hello']);
});

test('[WG32] what is filled in survives errors, a reload and being offline', async () => {
  const tab = await page();
  const visitor = await open('garden', tab);
  const texts = ['Ivy', 'ivy@shop.example', 'Hello from the train'];
  const [Name = '', email = '', Message = ''] = texts;
  await fill(visitor, { Name, Email: email, Message });
  await tab.route('**/api/offline-messages', (route) => route.abort());
  await send(visitor);
  await visitor.panel.getByRole('alert').waitFor();
  expect(await filled(visitor)).toEqual(texts);
  await tab.reload();
  await visitor.launcher.click();
  await field(visitor, 'Name').waitFor();
  expect(await filled(visitor)).toEqual(texts);
  await tab.unroute('**/api/offline-messages');
  await send(visitor);
  await visitor.panel.getByText('Thank you, Ivy').waitFor();
});

test('[WG33] a text that no longer finds an agent moves into the form', async () => {
  const tab = await page();
  const visitor = new Visitor(await embedFor(tab, 'sales'));
  const other = new Visitor(await embedFor(await page(), 'sales'));
  await mara.arrive();
  for (const each of [visitor, other]) {
    await each.page.goto(`${url()}/demo/`);
    await each.open();
  }
  await visitor.panel.getByText('Our Sales team is online').waitFor();
  await mara.leave();

  await visitor.say('Is anybody there?');
  await field(visitor, 'Message').waitFor();
  expect(await filled(visitor)).toEqual(['', '', 'Is anybody there?']);
  await tab.reload();
  await visitor.launcher.click();
  await field(visitor, 'Name').waitFor();
  expect(await filled(visitor)).toEqual(['', '', 'Is anybody there?']);
  expect(await other.composer.count()).toBe(1);
});

test('[WG34] out of hours, where conversations wait, the panel says when someone is back', async () => {
  const visitor = await open('night');
  await visitor.panel.getByText(BACK).waitFor();
  await visitor.panel.getByText('Write now and we’ll reply.').waitFor();
  await visitor.say('Have you got moonflowers?');
  await visitor.isDelivered();
  await visitor.panel.getByRole('status').getByText(BACK).waitFor();
});

test('[LM4] agents read offline messages, answer by email, and mark them as done', async () => {
  const visitor = await open('garden');
  await fill(visitor, {
    Name: 'Basil',
    Email: 'basil@shop.example',
    Message: 'Is the ivy poisonous?',
  });
  await send(visitor);
  await visitor.panel.getByText('Thank you, Basil').waitFor();

  await parley().join('mara', 'garden');
  const agent = await Agent.at(await page(), 'mara', url());
  const way = agent.sidebar.getByRole('link', { name: 'Offline messages' });
  const stillOpen = async () =>
    Number(/(\d+) open message/.exec((await way.textContent()) ?? '')?.[1]);
  const before = await stillOpen();
  const other = await open('garden');
  await fill(other, { Name: 'Rue', Email: 'rue@shop.example', Message: 'And the yew?' });
  await send(other);
  await eventually(stillOpen, before + 1);
  await way.click();
  const message = agent.page.getByRole('article', { name: 'Basil' });
  await message.getByText('Is the ivy poisonous?').waitFor();
  const reply = await message.getByRole('link', { name: 'Reply' }).getAttribute('href');
  expect(reply).toMatch(/^mailto:basil@shop\.example\?/);
  await audit(agent.page);
  await message.getByRole('button', { name: 'Mark as done' }).click();
  await message.getByText('Mara Lindqvist').waitFor();
  // The audit ended on a phone.
  await agent.page.getByRole('link', { name: 'Back to the list' }).click();
  await eventually(stillOpen, before);
  await agent.page.keyboard.press('m');
  await message.getByText('Mara Lindqvist').waitFor();
});
