// The workspace at every width, and mirrored: nothing lies over something else, and sentences keep their order.

import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { servedBy } from '../support/colleagues.ts';
import { Agent, useBrowser } from '../support/people.ts';

const { page } = useBrowser();
const WIDTHS = [320, 390, 768, 820, 899, 900, 1024, 1200, 1440];

async function boxOf(part: Locator) {
  const box = await part.boundingBox();
  if (!box) throw new Error('it is not shown');
  return { from: box.x, to: box.x + box.width };
}

test('[WS56] what a header says about a conversation keeps clear of its actions', async () => {
  const noor = await Agent.at(await page(), 'noor');
  await servedBy(noor, await page(), 'Is the palm wide?');
  const { keyboard } = noor.page;
  await keyboard.press('Escape');
  await keyboard.press('d');
  const form = noor.page.getByRole('form', { name: 'Edit the details' });
  await form.getByLabel('Priority').selectOption({ label: 'Urgent' });
  await form.getByLabel('SLA').selectOption({ index: 1 });
  await form.getByRole('button', { name: 'Save' }).click();
  await noor.main.getByText('Due in').first().waitFor();

  for (const width of WIDTHS) {
    await noor.page.setViewportSize({ width, height: 800 });
    const header = noor.main.locator('header');
    const actions = await boxOf(header.getByRole('group', { name: 'Quick actions' }));
    for (const said of await header.locator('.who p > *:visible').all()) {
      expect((await boxOf(said)).to, `at ${width}`).toBeLessThanOrEqual(actions.from);
    }
    expect(actions.to, `at ${width}`).toBeLessThanOrEqual(width);
  }
  await noor.page.setViewportSize({ width: 1440, height: 900 });
  await noor.end('');
});

test('[WS58] on a mirrored page a sentence ends where its own script ends', async () => {
  const noor = await Agent.at(await page(), 'noor');
  await servedBy(noor, await page(), 'Is the palm tall?');
  await noor.page.locator('html').evaluate((root) => root.setAttribute('dir', 'rtl'));
  await noor.quick('Move to the queue').click();
  const says = noor.dialog.getByText('until an agent takes it.');
  const [letter, stop] = await says.evaluate((sentence) => {
    const text = sentence.firstChild as Text; // It is one text, and nothing else.
    return [2, 1].map((fromEnd) => {
      const range = document.createRange();
      range.setStart(text, text.length - fromEnd);
      range.setEnd(text, text.length - fromEnd + 1);
      return range.getBoundingClientRect().x;
    });
  });
  expect(stop).toBeGreaterThan(letter ?? 0);
  await noor.page.keyboard.press('Escape');
  await noor.end('');
});
