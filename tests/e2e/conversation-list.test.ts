// All conversations in a list, several at once, and what colleagues have to do.

import { beforeAll, expect, test } from 'vitest';
import { audit } from '../support/axe.ts';
import { useParley } from '../support/own-parley.ts';
import { Agent, DESKTOP, eventually, useBrowser, Visitor } from '../support/people.ts';

const parley = useParley({});
const { page } = useBrowser();
let noor: Agent;
let ada: Agent;

const wrote = async (text: string): Promise<void> => {
  const visitor = await Visitor.at(await page(), parley().url);
  await visitor.say(text);
  await noor.inQueue(text).waitFor();
};
const rows = (agent: Agent) => agent.main.locator('tbody tr');
const row = (agent: Agent, text: string) => rows(agent).filter({ hasText: text });

beforeAll(async () => {
  noor = await Agent.at(await page(), 'noor', parley().url);
  ada = await Agent.at(await page(), 'ada', parley().url);
  for (const text of ['About roses', 'About tulips', 'About palms']) await wrote(text);
  await noor.beAvailable();
  await noor.take('About roses');
});

test('[CL9] who sees all sees what colleagues serve, and how much of it', async () => {
  const theirs = ada.sidebar.getByRole('region', { name: 'With colleagues' });
  await theirs.getByText('Noor Haddad · 1').waitFor();
  await theirs.getByRole('link', { name: 'About roses' }).click();
  await ada.main.getByText('Assigned to Noor Haddad').first().waitFor();
  await ada.goTo('/inbox');
  await ada.main.getByText('1 of 5').first().waitFor();
  expect(await noor.sidebar.getByText('With colleagues').count()).toBe(0);
});

test('[CL4] [CL5] [CL8] a list is narrowed, kept and walked by keys', async () => {
  await ada.page.keyboard.press('Escape');
  await ada.page.keyboard.press('x');
  await ada.page.getByRole('heading', { name: 'All conversations' }).waitFor();
  await eventually(() => rows(ada).count(), 3);
  await ada.main.getByLabel('Agent').selectOption('Noor Haddad');
  await eventually(() => rows(ada).count(), 1);
  expect(ada.page.url()).toContain('agent=');
  await ada.main.getByRole('button', { name: 'Save this list' }).click();
  await ada.dialog.getByLabel('Name').fill('Noor’s');
  await ada.dialog.getByRole('button', { name: 'Save' }).click();
  await ada.main.getByRole('link', { name: 'Noor’s' }).waitFor();
  await ada.main.getByRole('link', { name: 'Show all' }).click();
  await eventually(() => rows(ada).count(), 3);
  await audit(ada.page);
  await ada.page.setViewportSize(DESKTOP);

  await rows(ada).first().getByRole('link').focus();
  await ada.page.keyboard.press('ArrowDown');
  await ada.page.keyboard.press(' ');
  await ada.main.getByText('1 chosen').first().waitFor();
  await ada.page.keyboard.press('Enter');
  await ada.page.waitForURL('**/inbox/*');
});

test('[CL6] several are tagged and ended at once, and a refusal stands in its row', async () => {
  await noor.goTo('/conversations');
  await eventually(() => rows(noor).count(), 3);
  await row(noor, 'About roses').getByRole('checkbox').check();
  await row(noor, 'About tulips').getByRole('checkbox').check();
  await noor.main.getByRole('button', { name: 'End conversation' }).click();
  await noor.dialog.getByLabel('Comment').fill('Out of stock');
  await noor.dialog.getByRole('button', { name: 'End conversation' }).click();
  await row(noor, 'About tulips').getByRole('alert').waitFor();
  await eventually(() => row(noor, 'About roses').count(), 0);
  await noor.main.getByRole('link', { name: 'Ended' }).click();
  await row(noor, 'About roses').waitFor();
  const file = noor.page.waitForEvent('download');
  await noor.main.getByRole('link', { name: 'Export' }).click();
  expect((await file).suggestedFilename()).toBe('conversations.csv');
});
