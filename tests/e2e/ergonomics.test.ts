// The workspace made to fit: keys, widths and density of one's own, and everybody found from one field.

import { beforeAll, expect, test } from 'vitest';
import { audit } from '../support/axe.ts';
import { servedBy } from '../support/colleagues.ts';
import { embedFor, useParley } from '../support/own-parley.ts';
import { Agent, DESKTOP, eventually, PHONE, useBrowser } from '../support/people.ts';

const parley = useParley({
  departments: [
    { id: 'sales', name: 'Sales', enabled: true },
    { id: 'support', name: 'Support', enabled: true },
  ],
});
const { page } = useBrowser();
let noor: Agent;

beforeAll(async () => {
  noor = await Agent.at(await page(), 'noor', parley().url);
});

const keysOf = async ({ page: tab }: Agent, action: string) =>
  (await tab.locator('dt', { hasText: action }).locator('+ dd kbd').allInnerTexts()).join(' ');

test('[WS71] [WS72] [WS65] [WS66] other keys are pressed for an action, and follow to another browser', async () => {
  const { dialog, page: tab } = noor;
  const change = (action: string) => dialog.getByRole('button', { name: `Change: ${action}` });
  await tab.keyboard.press('?');
  await change('Open the overview').click();
  await tab.keyboard.press('Control+l');
  await dialog.getByRole('alert').getByText('Browsers need Ctrl + L').waitFor();
  await tab.keyboard.press('b');
  await dialog.getByRole('alert').getByText('“Go to contacts” has B already.').waitFor();
  await audit(tab);
  await tab.setViewportSize(DESKTOP);
  await dialog.getByRole('button', { name: 'Swap' }).and(tab.locator(':focus')).waitFor();
  await tab.keyboard.press('Enter');
  await eventually(() => keysOf(noor, 'Go to contacts'), 'G');
  await change('Open the overview').and(tab.locator(':focus')).waitFor();
  await change('Go to all conversations').click();
  await tab.keyboard.press('Escape');
  await tab.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });

  const there = await Agent.at(await page(), 'noor', parley().url);
  const link = there.sidebar.getByRole('link', { name: 'Contacts' });
  expect(await link.locator('kbd').innerText()).toBe('G');
  await there.page.keyboard.press('g');
  await there.page.waitForURL('**/contacts');
  await there.page.keyboard.press('b');
  await there.page.waitForURL('**/inbox');
  await there.page.keyboard.press('?');
  await there.dialog.getByRole('button', { name: 'Reset all' }).click();
  await eventually(() => keysOf(there, 'Go to contacts'), 'B');
});

test('[WS67] [WS68] panes are pulled wider and rows closer, and the next page begins like that', async () => {
  const { page: tab, main } = noor;
  await noor.beAvailable();
  await servedBy(noor, await embedFor(await page(), 'sales'), 'Is the fern wide?', parley().url);
  const separator = (name: string) => tab.getByRole('separator', { name });
  const width = async (pane: string) => (await tab.locator(pane).boundingBox())?.width;
  const edge = separator('Width of the sidebar');
  await edge.focus();
  await tab.keyboard.press('ArrowRight');
  expect(await edge.getAttribute('aria-valuenow')).toBe('336');
  await eventually(() => width('#sidebar'), 336);
  await tab.keyboard.press('End');
  await eventually(() => width('#sidebar'), 440);
  await separator('Width of the side panel').hover({ position: { x: 1, y: 300 } });
  await tab.mouse.down();
  await tab.mouse.move(1_041, 300, { steps: 4 });
  await tab.mouse.up();
  await eventually(() => width('#side-panel'), 400);
  await audit(tab);
  expect(await edge.isVisible()).toBe(false);
  await tab.setViewportSize(DESKTOP);

  await noor.goTo('/account/preferences');
  await main.getByLabel('Compact').check();
  await eventually(() => tab.locator('html').getAttribute('data-density'), 'compact');
  const html = await (await tab.request.get(new URL('/inbox', parley().url).href)).text();
  expect(html).toContain('data-density="compact"');
  expect(html).toContain('--sidebar: 440px; --panel: 400px');
  await noor.inProgress('Is the fern wide?').click();
  await noor.composer.waitFor();
  await audit(tab);
  await tab.setViewportSize(DESKTOP);
  await edge.dblclick();
  await eventually(() => width('#sidebar'), 320);
  await tab.locator('html').evaluate((root) => root.setAttribute('dir', 'rtl'));
  await edge.focus();
  await tab.keyboard.press('ArrowLeft');
  await eventually(() => width('#sidebar'), 336);
  await tab.locator('html').evaluate((root) => root.setAttribute('dir', 'ltr'));
  await noor.goTo(`/direct/${await parley().agentId('mara')}`);
  await tab.keyboard.press('Control+f');
  await eventually(() => width('#direct-search'), 400);
});

test('[WS69] [WS70] the palette and the search find contacts, and links lead to the search', async () => {
  const mara = await Agent.at(await page(), 'mara', parley().url);
  const { page: tab, dialog, main, sidebar } = mara;
  await mara.goTo('/contacts/new');
  await main.getByLabel('Name').fill('Åsa Fernström');
  await main.getByLabel('Email').fill('asa@shop.example');
  await main.getByRole('button', { name: 'Create contact' }).click();
  await main.getByRole('heading', { name: 'Åsa Fernström', level: 1 }).waitFor();
  await tab.keyboard.press('g');
  await tab.waitForURL('**/inbox');

  await tab.keyboard.press('Control+k');
  await tab.keyboard.type('asa fern');
  const option = dialog.getByRole('option', { name: 'Åsa Fernström' });
  await option.and(tab.locator('[aria-selected="true"]')).waitFor();
  await audit(tab);
  await tab.keyboard.press('Enter');
  await tab.waitForURL('**/contacts/*-*');
  await tab.setViewportSize(DESKTOP);

  await sidebar.getByRole('link', { name: 'Search' }).click();
  await main.getByRole('searchbox').fill('fernst');
  const found = main.getByRole('region', { name: 'Contacts' });
  await found.getByRole('link', { name: 'Åsa Fernström' }).waitFor();
  await audit(tab);
  await tab.setViewportSize(PHONE);
  await tab.goto(new URL('/inbox', parley().url).href);
  await sidebar.getByRole('link', { name: 'All conversations' }).click();
  await main.getByRole('heading', { name: 'All conversations' }).waitFor();
});

test('[CL14] the list of conversations is narrowed to a contact, and to all again', async () => {
  const mara = await Agent.at(await page(), 'mara', parley().url);
  const { page: tab, dialog, main } = mara;
  await mara.goTo('/conversations');
  await main.getByRole('button', { name: 'Contact Any' }).click();
  await tab.keyboard.type('fernst');
  await dialog.getByRole('option', { name: 'Åsa Fernström' }).waitFor();
  await audit(tab);
  await tab.keyboard.press('Enter');
  await tab.waitForURL('**/conversations?contact=*');
  await main.getByText('No conversation fits these filters.').waitFor();
  await main.getByRole('button', { name: 'Contact Åsa Fernström' }).waitFor();
  await main.getByRole('button', { name: 'Show those of all contacts' }).click();
  await tab.waitForURL('**/conversations');
});
