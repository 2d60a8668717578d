// Writing with formatting: by keys and buttons, and pasted from elsewhere.

import { beforeAll, expect, test } from 'vitest';
import { audit } from '../support/axe.ts';
import { servedBy } from '../support/colleagues.ts';
import { Agent, DESKTOP, eventually, PHONE, useBrowser, type Visitor } from '../support/people.ts';

const { page } = useBrowser();
let noor: Agent;
let visitor: Visitor;

beforeAll(async () => {
  noor = await Agent.at(await page(), 'noor');
  await noor.beAvailable();
  visitor = await servedBy(noor, await page(), 'How do I care for a fern?');
});

const bar = () => noor.main.getByRole('group', { name: 'Formatting' });
const isWritten = (text: string) => eventually(() => noor.composer.inputValue(), text);

test('[FM5] [FM6] text is formatted by keys and buttons, and the browser takes it back', async () => {
  const { keyboard } = noor.page;
  await bar().waitFor();
  await noor.composer.focus();
  await keyboard.type('Water it ');
  await keyboard.press('Control+b');
  await keyboard.type('daily');
  await keyboard.press('Control+b');
  await keyboard.type(':');
  await keyboard.press('Shift+Enter');
  await keyboard.press('Control+Shift+Digit8');
  await keyboard.type('soil');
  await keyboard.press('Shift+Enter');
  await keyboard.type('light');
  await isWritten('Water it **daily**:\n- soil\n- light');
  await keyboard.press('Shift+Home');
  await bar().getByRole('button', { name: 'Italic' }).click();
  await isWritten('Water it **daily**:\n- soil\n- _light_');
  await keyboard.press('Control+z');
  await isWritten('Water it **daily**:\n- soil\n- light');
  await keyboard.press('Control+End');
  await keyboard.press('Shift+Enter');
  await keyboard.press('Shift+Enter');
  await keyboard.type('Good luck!');
  await keyboard.press('Enter');
  await visitor.panel.getByRole('listitem').getByText('light').waitFor();
  await visitor.panel.locator('strong', { hasText: 'daily' }).waitFor();
  const line = noor.inProgress('Water it daily');
  await line.waitFor();
  expect(await line.innerText()).not.toContain('**');
  await audit(noor.page);

  await noor.page.setViewportSize(PHONE);
  expect(await bar().getByRole('button').count()).toBe(2);
  await bar().getByRole('button', { name: 'Formatting' }).click();
  await bar().getByRole('button', { name: 'Bold' }).waitFor();
  await noor.page.setViewportSize(DESKTOP);
});

test('[EM1] [EM2] [EM3] an emoji is named while one writes, or looked for in the picker', async () => {
  const { keyboard } = noor.page;
  await noor.composer.focus();
  await keyboard.type('At 10:30: see https://shop.example :) :tad');
  const named = noor.main.getByRole('listbox', { name: 'Emoji' });
  await named.getByRole('option', { name: ':tada:' }).waitFor();
  await audit(noor.page);
  await noor.page.setViewportSize(DESKTOP);
  await keyboard.press('Enter');
  await isWritten('At 10:30: see https://shop.example :) 🎉');
  await noor.composer.fill('');
  await keyboard.type('Yes :+1:');
  await isWritten('Yes 👍');

  await keyboard.press('Control+Shift+e');
  const picker = noor.main.getByRole('dialog', { name: 'Emoji' });
  await picker.getByRole('combobox', { name: 'Skin tone' }).selectOption({ index: 3 });
  await picker.getByRole('combobox', { name: 'Search emoji' }).focus();
  await keyboard.type('red heart');
  await picker.getByText(':heart:').waitFor();
  await audit(noor.page);
  await noor.page.setViewportSize(DESKTOP);
  await keyboard.press('Enter');
  await isWritten('Yes 👍❤️');
  await bar().getByRole('button', { name: 'Emoji' }).click();
  await picker.getByRole('rowgroup', { name: 'Recently used' }).waitFor();
  await picker.getByRole('gridcell', { name: 'thumbs up' }).first().click();
  await isWritten('Yes 👍❤️👍🏽');
  // What is typed at once is looked for, and not sent.
  await keyboard.press('Control+Shift+e');
  await keyboard.type('tada');
  await picker.getByText(':tada:').waitFor();
  await keyboard.press('Escape');
  await picker.waitFor({ state: 'hidden' });
  await noor.composer.fill('');
});

test('[FM7] [FM8] what is pasted keeps its formatting, unless it is pasted plainly', async () => {
  const { page: shown } = noor;
  await shown.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const copy = (html: string, plain: string) =>
    shown.evaluate(
      async ([rich, bare]) => {
        const blob = (type: string, text = '') => new Blob([text], { type });
        const item = {
          'text/html': blob('text/html', rich),
          'text/plain': blob('text/plain', bare),
        };
        await navigator.clipboard.write([new ClipboardItem(item)]);
      },
      [html, plain] as const,
    );
  await copy(
    '<p>Take <b>two</b> of <a href="https://shop.example/fern">these</a>:</p><ul><li>a</li><li>b</li></ul>',
    'Take two of these:',
  );
  await noor.composer.focus();
  await shown.keyboard.press('Control+v');
  await isWritten('Take **two** of [these](https://shop.example/fern):\n- a\n- b');
  await shown.keyboard.press('Control+z');
  await isWritten('');
  await shown.keyboard.press('Control+Shift+v');
  await isWritten('Take two of these:');
  await noor.composer.fill('');

  // A parser would take minutes for it.
  await noor.composer.evaluate((field) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', `${'<b id=x>'.repeat(40_000)}${'<p>x'.repeat(150_000)}`);
    clipboardData.setData('text/plain', 'Only this');
    field.focus();
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true }));
  });
  await isWritten('Only this');
  await noor.composer.fill('');
});
