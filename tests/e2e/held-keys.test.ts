// A key that is held down, or pressed for something else, confirms and sends nothing.

import { beforeAll, expect, test } from 'vitest';
import { servedBy } from '../support/colleagues.ts';
import { Agent, eventually, useBrowser } from '../support/people.ts';

const { page } = useBrowser();
const TYPING = { delay: 90 };
let noor: Agent;

beforeAll(async () => {
  noor = await Agent.at(await page(), 'noor');
  await noor.beAvailable();
});

async function hold(key: string): Promise<void> {
  for (let press = 0; press < 20; press++) await noor.page.keyboard.down(key);
  await noor.page.keyboard.up(key);
}

async function answered(question: string) {
  const visitor = await servedBy(noor, await page(), question);
  await noor.say('Yes.');
  await eventually(() => visitor.said(), [question, 'Yes.']);
  return visitor;
}
const holds = () => noor.dialog.getByRole('button', { name: 'Place on hold', exact: true });

test('[WS42] a key that is held down opens a question, and does not confirm it', async () => {
  await answered('Does ivy climb?');
  await noor.quick('Place on hold').focus();
  await hold('Enter');
  await holds().waitFor();
  await noor.page.keyboard.press('Escape');
  await noor.dialog.waitFor({ state: 'hidden' });
  await noor.say('/hold');
  await hold('Enter');
  await holds().waitFor();
  await noor.page.keyboard.press('Escape');
  await noor.composer.waitFor();
  await noor.end('');
});

test('[WS42] a sentence that opened a question does not confirm it, however slowly it is typed', async () => {
  await answered('Does ivy sting?');
  const { keyboard } = noor.page;
  await keyboard.press('Escape');
  await keyboard.type('hi there, it may in the end', TYPING);
  await keyboard.press('Enter');
  await keyboard.press('Control+Enter');
  expect(await holds().count()).toBe(1);
  await keyboard.press('Tab');
  await holds().press('Enter');
  await noor.onHold('Yes.').waitFor();
  await noor.quick('End conversation').click();
  await noor.dialog.getByRole('button', { name: 'End conversation' }).click();
  await noor.endNow();
});

test('[WS42] Escape that closes a dialog or a menu leaves letters to the field', async () => {
  await answered('Does ivy shed?');
  const { keyboard } = noor.page;
  await noor.quick('Place on hold').click();
  await holds().waitFor();
  await keyboard.press('Escape');
  await noor.dialog.waitFor({ state: 'hidden' });
  await keyboard.type('h1');
  await eventually(() => noor.composer.inputValue(), 'h1');
  await noor.sidebar.getByRole('button', { name: ', Available' }).click();
  await noor.page.getByRole('menu').waitFor();
  await keyboard.press('Escape');
  await noor.page.getByRole('menu').waitFor({ state: 'hidden' });
  await keyboard.type('eh');
  await eventually(() => noor.composer.inputValue(), 'h1eh');
  expect(await noor.dialog.count()).toBe(0);
  await noor.composer.fill('');
  await noor.end('');
});

test('[WS42] Enter that is held down chooses, and sends no draft', async () => {
  const visitor = await answered('Does ivy root?');
  await noor.composer.fill('Half a sen');
  const { keyboard } = noor.page;
  await keyboard.press('Control+k');
  await noor.dialog.getByRole('combobox').fill('Write a reply');
  await hold('Enter');
  await noor.dialog.waitFor({ state: 'hidden' });
  await keyboard.type('tence');
  await eventually(() => noor.composer.inputValue(), 'Half a sentence');
  expect(await visitor.said()).toEqual(['Does ivy root?', 'Yes.']);
  await noor.end('');
});

test('[WS42] Enter that is held down opens a menu, and chooses nothing in it', async () => {
  const trigger = noor.sidebar.getByRole('button', { name: ', Available' });
  await trigger.focus();
  await hold('Enter');
  await noor.page.getByRole('menu').waitFor();
  await noor.page.keyboard.press('Escape');
  await noor.page.getByRole('menu').waitFor({ state: 'hidden' });
  expect(await trigger.count()).toBe(1);
});
