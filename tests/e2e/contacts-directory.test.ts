// The directory of contacts: found by mouse and keyboard, imported with mistakes, merged and taken apart again.

import { beforeAll, expect, test } from 'vitest';
import { audit } from '../support/axe.ts';
import { useParley } from '../support/own-parley.ts';
import { Agent, DESKTOP, eventually, useBrowser } from '../support/people.ts';

const parley = useParley({
  departments: [
    { id: 'sales', name: 'Sales', enabled: true },
    { id: 'support', name: 'Support', enabled: true },
  ],
});
const { page } = useBrowser();
/** A manager, who may import. */
let mara: Agent;

beforeAll(async () => {
  mara = await Agent.at(await page(), 'mara', parley().url);
});

const rows = () => mara.main.locator('tbody tr');
const namesIn = () => mara.main.locator('tbody th a').allInnerTexts();
/** What the address of the page says. */
const addressed = async () => new URL(mara.page.url()).search;
const focused = () => mara.page.evaluate(() => document.activeElement?.textContent ?? '');
const link = (name: string) => mara.main.getByRole('link', { name, exact: true });

async function enter(name: string, email: string): Promise<void> {
  await mara.goTo('/contacts/new');
  await mara.main.getByLabel('Name').fill(name);
  await mara.main.getByLabel('Email').fill(email);
  await mara.main.getByRole('button', { name: 'Create contact' }).click();
  await mara.main.getByRole('heading', { name, level: 1 }).waitFor();
}

test('[CN28] [CN23] a file with mistakes is reported before it is imported, row by row', async () => {
  await mara.goTo('/contacts');
  await link('Import').click();
  const field = mara.main.getByLabel('CSV file');
  const give = (text: string) =>
    field.setInputFiles({ name: 'c.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await give('Shoe size;E-Mail\n42;a@b.example');
  await mara.main.getByText('No column is called Name').waitFor();

  await give(
    'Name;E-Mail;Telefon;Shoe size\nÅsa Berg;asa@shop.example;+46 8 123 456 78;40\n;b@shop.example;;\n' +
      'Basil;basil@shop;;\nAsa again;ASA@shop.example;;\nSage Brown;sage@shop.example;;41',
  );
  await mara.main.getByText('2 new contacts').waitFor();
  await mara.main.getByText('Not imported: Shoe size').waitFor();
  expect(await mara.main.locator('tbody tr').allInnerTexts()).toEqual([
    '3\t\tThe name is missing or too long.',
    '4\tBasil\t“basil@shop” is not an email address.',
    '5\tAsa again\t“ASA@shop.example” is in an earlier row, too.',
  ]);
  await audit(mara.page);
  await mara.page.setViewportSize(DESKTOP);
  await mara.main.getByRole('button', { name: 'Import 2 contacts' }).click();
  await mara.main.getByText('2 contacts are imported.').waitFor();
  await link('Show all contacts').click();
  await link('Åsa Berg').waitFor();
});

test('[CN8] [CN9] [CN6] a contact is found and opened with the keyboard alone', async () => {
  await mara.goTo('/inbox');
  await mara.page.keyboard.press('b');
  await mara.main.getByRole('heading', { name: 'Contacts' }).waitFor();
  await mara.page.keyboard.press('/');
  await mara.page.keyboard.type('shop.exa');
  await eventually(addressed, '?search=shop.exa');
  expect(await namesIn()).toEqual(['Åsa Berg', 'Sage Brown']);
  await mara.page.keyboard.press('ArrowDown');
  await eventually(focused, 'Åsa Berg');
  await mara.page.keyboard.press('ArrowDown');
  await eventually(focused, 'Sage Brown');
  await mara.page.keyboard.press('Enter');
  await mara.main.getByRole('heading', { name: 'Sage Brown', level: 1 }).waitFor();
  await mara.main.getByRole('link', { name: 'sage@shop.example' }).waitFor();
});

test('[CN4] [CN5] [CN6] the list is filtered and sorted by mouse, and its address leads there again', async () => {
  await mara.goTo('/contacts');
  await mara.main.getByText('Filters').click();
  await mara.main.getByLabel('Email', { exact: true }).selectOption('With email');
  await eventually(addressed, '?email=yes');
  await link('Name').click();
  await eventually(async () => (await namesIn()).slice(0, 2), ['Sage Brown', 'Åsa Berg']);
  const { length } = await namesIn();
  await audit(mara.page);
  await mara.page.setViewportSize(DESKTOP);
  await mara.reload();
  await eventually(() => rows().count(), length);
  expect(await mara.main.getByLabel('Email', { exact: true }).inputValue()).toBe('yes');
  await mara.main.getByRole('searchbox').fill('nobody at all');
  await mara.main.getByText('No contact matches.').waitFor();
  await mara.main.getByRole('link', { name: 'Show all contacts' }).click();
  await eventually(addressed, '');
});

test('[CN40] [CN41] [CN42] two who are one are compared, merged, and taken apart again', async () => {
  await enter('Rue Green', 'rue@merge.example');
  await enter('Rue', 'rue@merge.example');
  await mara.main.getByText('Both gave rue@merge.example').waitFor();
  await audit(mara.page);
  await mara.page.setViewportSize(DESKTOP);
  await link('Compare').click();
  await mara.main.getByRole('radio', { name: 'Rue Green' }).check();
  await mara.main.getByText('Rue Green will have the addresses').waitFor();
  await audit(mara.page);
  await mara.page.setViewportSize(DESKTOP);
  await mara.main.getByRole('button', { name: 'Merge' }).click();
  await mara.main.getByRole('heading', { name: 'Rue Green', level: 1 }).waitFor();
  await mara.main.getByText('merged Rue Green into this contact').waitFor();
  expect(await mara.main.getByText('Both gave').count()).toBe(0);
  await mara.main.getByRole('button', { name: 'Undo' }).click();
  await mara.main.getByRole('heading', { name: 'Rue', exact: true, level: 1 }).waitFor();
  await mara.main.getByText('Both gave rue@merge.example').waitFor();
});
