// Canned responses: looked for while writing, and kept in their panel.

import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { audit } from '../support/axe.ts';
import { servedBy } from '../support/colleagues.ts';
import { Agent, DESKTOP, eventually, useBrowser, type Visitor } from '../support/people.ts';

const { page } = useBrowser();
let noor: Agent;
let visitor: Visitor;

beforeAll(async () => {
  noor = await Agent.at(await page(), 'noor');
  await noor.beAvailable();
  visitor = await servedBy(noor, await page(), 'Can you help me?');
});

const list = () => noor.main.getByRole('listbox', { name: 'Canned responses' });
const panel = () => noor.page.getByRole('complementary', { name: 'Canned responses' });
const isWritten = (text: string) => eventually(() => noor.composer.inputValue(), text);

test('[CR9] [CR10] a response is chosen by its shortcut, inserted, and sent only then', async () => {
  const { keyboard } = noor.page;
  await noor.composer.focus();
  await keyboard.type('!nothing-like-it');
  await noor.main.getByText('No canned response matches.').waitFor();
  await keyboard.press('Enter');
  await noor.isTold('There is no canned response “!nothing-like-it”');
  await noor.composer.fill('');
  await keyboard.type('!hel');
  await list().getByRole('option', { name: '!hello' }).waitFor();
  await keyboard.press('Enter');
  const greeting = 'Hello, and welcome! I am Noor Haddad of Sales. How can I help you today?';
  await isWritten(greeting);
  expect(await noor.said()).not.toContain(greeting);
  await keyboard.press('Enter');
  await visitor.panel.getByText(greeting).waitFor();
});

test('[CR9] [CR11] [CR13] with the mouse, too; a gap is filled, or sent after a question', async () => {
  const { keyboard } = noor.page;
  await noor.composer.focus();
  await keyboard.type('!');
  await list().waitFor();
  await audit(noor.page);
  await noor.page.setViewportSize(DESKTOP);
  await keyboard.type('order-n');
  await list().getByRole('option').first().click();
  await isWritten(
    'Could you give me your order number? It begins with JF and is in the confirmation e-mail.',
  );
  await noor.page
    .getByRole('complementary', { name: 'Room information' })
    .getByText('Order', { exact: true })
    .waitFor();
  await noor.composer.fill('!by-email');
  await list().getByRole('option', { name: '!by-email' }).click();
  const withGap = 'We will write to {{contact.email}} as soon as we know more.';
  await isWritten(withGap);
  await keyboard.press('Enter');
  await noor.dialog.getByText('Contact’s email').waitFor();
  await noor.dialog.getByRole('button', { name: 'Cancel' }).click();
  await noor.dialog.waitFor({ state: 'hidden' });
  // The gap is selected: what is typed fills it.
  await eventually(
    () => noor.composer.evaluate((field: HTMLTextAreaElement) => field.selectionStart),
    17,
  );
  await keyboard.type('you');
  await isWritten('We will write to you as soon as we know more.');
  await keyboard.press('Enter');
  await visitor.panel.getByText('We will write to you as soon as we know more.').waitFor();
  expect(await visitor.panel.innerText()).not.toContain('{{');
});

test('[CR14] the panel has all of them: created, found, used, changed and deleted there', async () => {
  await noor.quick('Canned responses').click();
  await panel().getByRole('listitem').filter({ hasText: '!moment' }).waitFor();
  await audit(noor.page, async () => {
    // On a phone it lies over the thread, when it is called.
    if (await panel().isVisible()) return;
    await noor.composer.press('Escape');
    await noor.page.keyboard.press('!');
    await panel().getByRole('listitem').first().waitFor();
  });
  await noor.page.setViewportSize(DESKTOP);
  await panel().getByRole('button', { name: 'Create' }).click();
  await noor.dialog.getByLabel('Shortcut').fill('Moment');
  await noor.dialog.getByLabel('Text').fill('Let me see, ');
  await noor.dialog.getByRole('button', { name: 'Contact’s name' }).click();
  // An agent saves for themselves only.
  expect(await noor.dialog.getByLabel('For').locator('option').allInnerTexts()).toEqual([
    'Only me',
  ]);
  await noor.page.keyboard.press('Control+Enter');
  await noor.dialog.getByRole('alert').getByText('“!moment” is already taken').waitFor();
  await audit(noor.page);
  await noor.page.setViewportSize(DESKTOP);
  await noor.dialog.getByLabel('Shortcut').fill('mine');
  await noor.page.keyboard.press('Control+Enter');
  await noor.dialog.waitFor({ state: 'hidden' });

  await panel().getByRole('radio', { name: 'Private' }).check({ force: true });
  await panel().getByText('!moment').waitFor({ state: 'hidden' });
  await panel().getByRole('searchbox').fill('min');
  await panel().getByRole('button', { name: 'Use !mine' }).click();
  await isWritten('Let me see, {{contact.name}}');
  await noor.composer.fill('');
  await panel().getByRole('button', { name: 'Edit !mine' }).click();
  await noor.dialog.getByLabel('Text').fill('Let me see.');
  await noor.page.keyboard.press('Control+Enter');
  await panel().getByText('Let me see.').waitFor();
  await panel().getByRole('button', { name: 'Delete !mine' }).click();
  await noor.dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await noor.isTold('Deleted !mine.');
  await panel().getByText('No canned response matches.').waitFor();
  await panel().getByRole('searchbox').fill('');
  await panel().getByRole('radio', { name: 'Public' }).check({ force: true });
  await panel().getByRole('button', { name: 'Edit !bye' }).click({ force: true });
  await noor.isTold('Your role does not allow this.');
});

test('[CR17] [CR18] they go into a file and come out of one, after each row has said what becomes of it', async () => {
  const choose = async (item: string) => {
    await panel().getByRole('button', { name: 'Import or export' }).click();
    await noor.page.getByRole('menuitem', { name: item }).click();
  };
  const coming = noor.page.waitForEvent('download');
  await choose('Export as CSV');
  const text = await readFile(await (await coming).path(), 'utf8');
  expect(text).toMatch(/^\ufeffshortcut,text,tags,scope,department\r\n/);
  await choose('Import…');
  const rows = `${text}brought,Brought by a file,,private,\r\nfor-all,For all,,public,\r\n`;
  const file = { name: 'canned.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) };
  await noor.dialog.getByLabel('JSON or CSV file').setInputFiles(file);
  await noor.dialog.getByText('New: 1.').waitFor();
  await noor.dialog.getByRole('row', { name: 'for-all Your role does not allow this.' }).waitFor();
  await audit(noor.page);
  await noor.page.setViewportSize(DESKTOP);
  await noor.dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await noor.dialog.getByText('The import is done.').waitFor();
  await noor.dialog.getByRole('button', { name: 'Close' }).click();
  await panel().getByRole('radio', { name: 'All' }).check({ force: true });
  await panel().getByRole('searchbox').fill('brought');
  await panel().getByText('Brought by a file').waitFor();
  await panel().getByRole('searchbox').fill('');
});

test('[CR15] the palette finds them, and says what is missing where nothing can be written', async () => {
  await noor.page.keyboard.press('Control+k');
  await noor.page.keyboard.type('thank you for wri');
  await noor.dialog.getByRole('option', { name: '!thanks' }).waitFor();
  await noor.page.keyboard.press('Enter');
  await isWritten('Thank you for writing to us. Is there anything else I can do for you?');
  await noor.page.keyboard.press('Enter');
  await visitor.panel.getByText('anything else I can do').waitFor();
  await noor.end('');
  await noor.goTo('/inbox');
  await noor.page.keyboard.press('Control+k');
  await noor.page.keyboard.type('thank you for wri');
  await noor.dialog.getByRole('option', { name: '!thanks' }).waitFor();
  await noor.page.keyboard.press('Enter');
  await noor.isTold('Open a conversation that you can write in');
  await noor.page.keyboard.press('Control+k');
  await noor.page.keyboard.type('mara lind');
  await noor.dialog.getByRole('option', { name: 'Mara Lindqvist' }).waitFor();
  await noor.page.keyboard.press('Enter');
  await noor.page.waitForURL('**/direct/*');
  const field = noor.main.getByRole('textbox', { name: /Mara Lindqvist/ });
  await field.waitFor();
  await noor.page.keyboard.press('Control+k');
  await noor.page.keyboard.type('thank you for wri');
  await noor.dialog.getByRole('option', { name: '!thanks' }).waitFor();
  await noor.page.keyboard.press('Enter');
  await eventually(async () => (await field.inputValue()).startsWith('Thank you for wri'), true);
  await field.fill('');
});
