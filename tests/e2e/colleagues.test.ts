// Colleagues among themselves: direct chats, and notes beside a conversation.

import { beforeAll, expect, test } from 'vitest';
import { audit } from '../support/axe.ts';
import { noorAndMara, servedBy } from '../support/colleagues.ts';
import { Agent, DESKTOP, useBrowser } from '../support/people.ts';

const { page } = useBrowser();
let noor: Agent;
let mara: Agent;

beforeAll(async () => {
  [noor, mara] = await noorAndMara(page);
});

const directIn = (agent: Agent) => agent.sidebar.getByRole('region', { name: 'Direct messages' });

async function isAccessible({ page: shown }: Agent): Promise<void> {
  await audit(shown);
  await shown.setViewportSize(DESKTOP);
}

test('[DR12] two colleagues talk by keyboard, with what is unread and what was seen', async () => {
  const { keyboard } = noor.page;
  await keyboard.press('Control+k');
  await noor.dialog.getByRole('option', { name: /^Mara Lindqvist/ }).waitFor();
  await keyboard.type('mara');
  await keyboard.press('Enter');
  const field = noor.main.getByRole('textbox', { name: 'Message to Mara Lindqvist' });
  await field.waitFor();
  await isAccessible(noor);
  await keyboard.type('Are you free');
  await keyboard.type('?');
  await keyboard.press('Enter');
  await noor.main.getByText('Are you free?').waitFor();

  const line = directIn(mara).getByRole('link', { name: /Noor Haddad/ });
  await line.getByText('1 unread message').waitFor();
  await expect.poll(() => mara.page.title()).toMatch(/^\(1\)/);
  await mara.page.keyboard.press('n');
  await mara.main.getByText('Are you free?').waitFor();
  await line.getByText('1 unread message').waitFor({ state: 'hidden' });
  await noor.main.getByText('Seen').waitFor();

  await mara.page.keyboard.type('In a minute');
  await noor.main.getByText('Mara Lindqvist is typing').waitFor();
  await noor.goTo('/inbox');
  await directIn(mara).waitFor();
  await mara.page.keyboard.press('Enter');
  const back = directIn(noor).getByRole('link', { name: /Mara Lindqvist/ });
  await back.getByText('1 unread message').waitFor();
  await back.click();
  await noor.main.getByText('In a minute').waitFor();
});

test('[DR13] [DR14] a direct chat is searched, and has canned responses', async () => {
  await noor.goTo('/direct/mara');
  const { keyboard } = noor.page;
  const field = noor.main.getByRole('textbox', { name: 'Message to Mara Lindqvist' });
  await field.focus();
  await keyboard.type('!by-email');
  await noor.main.getByRole('option', { name: '!by-email' }).waitFor();
  await keyboard.press('Enter');
  const withGap = 'We will write to {{contact.email}} as soon as we know more.';
  await expect.poll(() => field.inputValue()).toBe(withGap);
  await keyboard.type('them');
  await keyboard.press('Enter');
  await noor.main.getByText('We will write to them').waitFor();

  await keyboard.press('Control+f');
  const panel = noor.page.getByRole('complementary', { name: 'Search in this chat' });
  const search = panel.getByRole('searchbox');
  await search.waitFor();
  await keyboard.type('from:me /wri.e/');
  const hit = panel.getByRole('button', { name: /We will write to them/ });
  await hit.waitFor();
  await isAccessible(noor);
  await search.press('Enter');
  await noor.main.locator('[data-found]', { hasText: 'We will write to them' }).waitFor();
  await search.press('Escape');
  await panel.waitFor({ state: 'hidden' });
});

test('[NT8] [NT3] a note calls a colleague, who reads it, and the visitor sees nothing', async () => {
  const visitor = await servedBy(noor, await page(), 'Where is my parcel?');
  const { keyboard } = noor.page;
  await noor.composer.focus();
  await keyboard.press('Control+o');
  const field = noor.main.getByRole('textbox', { name: /^Note about .*, for colleagues only$/ });
  await field.waitFor();
  await noor.main.getByText('Only colleagues see this').waitFor();
  await isAccessible(noor);
  await keyboard.type('Is this yours, @ada');
  await noor.main.getByRole('option', { name: 'Ada Okafor' }).waitFor();
  await keyboard.press('Enter');
  expect(await field.inputValue()).toBe('Is this yours, @ada ');
  await keyboard.press('Enter');
  await noor.main.getByText('Your note').waitFor();
  await keyboard.press('Control+o');
  expect(await noor.composer.inputValue()).toBe('');
  await noor.say('One moment, please.');
  await visitor.panel.getByText('One moment, please.').waitFor();

  const ada = await Agent.at(await page(), 'ada');
  const called = directIn(ada).getByRole('link', { name: /Mentions you/ });
  await called.getByText('Is this yours').waitFor();
  await called.click();
  await ada.main.getByText('Note by Noor Haddad').waitFor();
  await called.waitFor({ state: 'hidden' });
  expect(await visitor.panel.innerText()).not.toContain('Is this yours');
  await noor.end('');
});
