// What an agent types before the field is there, or after it has gone, reaches the right field or nothing at all.

import { expect, test } from 'vitest';
import { servedBy } from '../support/colleagues.ts';
import { Agent, eventually, useBrowser, Visitor } from '../support/people.ts';

const { page } = useBrowser();

/** Lets the parts of a page that it does not have yet wait; the function goes on with them. */
async function holdBack({ page: tab }: Agent): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await tab.route('**/_app/immutable/**', async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

test('[WS42] what is typed while a conversation opens goes into its field, and Enter sends nothing', async () => {
  const noor = await Agent.at(await page(), 'noor');
  const first = await servedBy(noor, await page(), 'Do cacti drink?');
  await servedBy(noor, await page(), 'Do cacti sleep?');
  await noor.inProgress('Do cacti drink?').click();
  await noor.main.getByText('Do cacti drink?').first().waitFor();
  await noor.composer.fill('For the first');
  await noor.goTo('/inbox');
  const goOn = await holdBack(noor);
  const { keyboard } = noor.page;
  await noor.inProgress('Do cacti sleep?').click();
  await keyboard.type('They');
  await keyboard.press('Enter');
  await keyboard.type(' have');
  goOn();
  await eventually(() => noor.composer.inputValue(), 'They have');
  await keyboard.type(' a rest');
  expect(await noor.composer.inputValue()).toBe('They have a rest');
  await noor.inProgress('Do cacti drink?').click();
  await eventually(() => noor.composer.inputValue(), 'For the first');
  expect(await first.said()).toEqual(['Do cacti drink?']);
  await noor.end('');
  await noor.inProgress('Do cacti sleep?').click();
  await noor.end('');
});

test('[WS42] what is typed right after taking a conversation goes into its field', async () => {
  const visitor = await Visitor.at(await page());
  await visitor.say('Do cacti flower?');
  const noor = await Agent.at(await page(), 'noor');
  await noor.beAvailable();
  await noor.inQueue('Do cacti flower?').click();
  await noor.main.locator('.footing').getByRole('button', { name: 'Take it' }).waitFor();
  await noor.page.keyboard.type('thanks for asking');
  await eventually(() => noor.composer.inputValue(), 'hanks for asking');
  expect(await noor.sidebar.getByRole('button', { name: ', Available' }).count()).toBe(1);
  await noor.end('');
});

test('[WS42] when the visitor ends what an agent is writing in, the rest of it does nothing', async () => {
  const noor = await Agent.at(await page(), 'noor');
  const visitor = await servedBy(noor, await page(), 'Do cacti wilt?');
  await noor.beAvailable();
  await noor.composer.pressSequentially('If you w');
  await visitor.panel.getByRole('button', { name: 'End conversation' }).click();
  await visitor.panel
    .getByRole('alertdialog')
    .getByRole('button', { name: 'End conversation' })
    .click();
  await noor.composer.waitFor({ state: 'detached' });
  const { keyboard } = noor.page;
  const where = noor.page.url();
  await keyboard.type('ater them a lot, they might. Ok?');
  await keyboard.press('Escape');
  await keyboard.press('?');
  await noor.dialog.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
  expect(await noor.sidebar.getByRole('button', { name: ', Available' }).count()).toBe(1);
  expect(noor.page.url()).toBe(where);
});
