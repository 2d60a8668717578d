// What was said is found: in one conversation from the keyboard, and in all that an agent may see.

import { beforeAll, expect, test } from 'vitest';
import { noorAndMara } from '../support/colleagues.ts';
import { audit } from '../support/axe.ts';
import { eventually, useBrowser, Visitor, type Agent } from '../support/people.ts';

const { page } = useBrowser();
let noor: Agent;
let mara: Agent;
let visitor: Visitor;

beforeAll(async () => {
  [noor, mara] = await noorAndMara(page);
  visitor = await Visitor.at(await page());
  await visitor.say('Do you sell quokka pots?');
  await noor.take('Do you sell quokka pots?');
  for (const text of ['We sell pots.', 'Order QP-12 had a quokka on it.', 'QP-13 has none.']) {
    await noor.say(text);
    await noor.main.getByText(text).waitFor();
  }
});

const panelOf = ({ page }: Agent) =>
  page.getByRole('complementary', { name: 'Search in this conversation' });
const marked = ({ page }: Agent) => page.locator('[data-found] .text').allInnerTexts();

test('[SR13] a key leads to the search in the conversation, and keys go from hit to hit in the thread', async () => {
  const panel = panelOf(noor);
  await noor.page.keyboard.press('Control+f');
  await panel.getByRole('searchbox').and(noor.page.locator(':focus')).waitFor();
  await noor.page.keyboard.type('QUOK');
  await panel.getByText('2 messages').waitFor();
  expect(await panel.locator('mark').allInnerTexts()).toEqual(['quok', 'quok']);
  await noor.page.keyboard.press('Enter');
  await panel.getByText('1 of 2').waitFor();
  await eventually(() => marked(noor), ['Order QP-12 had a quokka on it.']);
  await noor.page.keyboard.press('ArrowDown');
  await eventually(() => marked(noor), ['Do you sell quokka pots?']);
  await panel.getByRole('button', { name: 'Previous' }).click();
  await eventually(() => marked(noor), ['Order QP-12 had a quokka on it.']);
  await audit(noor.page);
});

test('[SR13] a pattern is looked for, one that is wrong says where, and the icon leads to the search as well', async () => {
  const panel = panelOf(noor);
  await noor.page.setViewportSize({ width: 1440, height: 900 });
  const field = panel.getByRole('searchbox');
  await field.fill('/qp-\\d+/i');
  await panel.getByText('2 messages').waitFor();
  await field.fill('/qp-(/');
  await panel.getByRole('alert').getByText('from character 4 on').waitFor();
  await field.fill('from:visitor on:2026-02-31');
  await panel.getByRole('alert').getByText('This is no day').waitFor();
  await field.fill('from:visitor has:link');
  await panel.getByText('Nothing was found.').waitFor();
  await field.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  await noor.quick('Search in this conversation').click();
  await panel.getByRole('searchbox').press('Escape');
  await panel.waitFor({ state: 'hidden' });
});

test('[SR11] a search over all finds what the agent may see, and leads to the message', async () => {
  await noor.end('A quokka expert');
  const search = async (agent: Agent, typed: string) => {
    await agent.page.keyboard.press('Control+/');
    await agent.page.waitForURL('**/search*');
    await agent.page.getByRole('searchbox').fill(typed);
  };
  await search(mara, 'quokka');
  const hits = mara.main.getByRole('listitem');
  await eventually(() => hits.count(), 3);
  expect(new URL(mara.page.url()).searchParams.get('q')).toBe('quokka');
  await mara.main.getByLabel('Status').selectOption('Open');
  await mara.main.getByText('Nothing was found.').waitFor();
  await mara.main.getByLabel('Status').selectOption('Any');
  await audit(mara.page);
  await mara.page.setViewportSize({ width: 1440, height: 900 });
  await hits.filter({ hasText: 'Order QP-12' }).getByRole('link').click();
  await eventually(() => marked(mara), ['Order QP-12 had a quokka on it.']);
});
