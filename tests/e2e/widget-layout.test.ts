// The panel in a page: focus, phones, and pages in other languages and directions.

import type { Locator, Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { eventually, PHONE, useBrowser, Visitor } from '../support/people.ts';

const { page } = useBrowser();

const isFocused = (element: Locator) =>
  element.evaluate((node) => (node.getRootNode() as ShadowRoot).activeElement === node);

/** The shop as a page with other attributes of `<html>`. */
async function shopAs(attributes: Record<string, string>): Promise<Page> {
  const tab = await page();
  await tab.addInitScript((wanted) => {
    new MutationObserver((_, observer) => {
      observer.disconnect();
      for (const [name, value] of wanted) document.documentElement.setAttribute(name, value);
    }).observe(document, { childList: true });
  }, Object.entries(attributes));
  return tab;
}

/** Where it is; fails if it is nowhere. */
async function boxOf(element: Locator) {
  const box = await element.boundingBox();
  if (!box) throw new Error('it is not in sight');
  return box;
}
const middleOf = ({ x, width }: { x: number; width: number }) => x + width / 2;

test('[WG23] the focus moves to the composer, and back to the launcher', async () => {
  const visitor = await Visitor.at(await page());
  await eventually(() => isFocused(visitor.composer), true);
  await visitor.page.keyboard.press('Escape');
  await visitor.panel.waitFor({ state: 'hidden' });
  await eventually(() => isFocused(visitor.launcher), true);

  await visitor.page.keyboard.press('Enter');
  await eventually(() => isFocused(visitor.composer), true);
  await visitor.panel.getByRole('button', { name: 'Close' }).click();
  await visitor.panel.waitFor({ state: 'hidden' });
  await eventually(() => isFocused(visitor.launcher), true);
});

test('[WG24] on a phone the panel fills the screen, and Tab stays inside', async () => {
  const visitor = await Visitor.at(await page({ viewport: PHONE, hasTouch: true }));
  expect(await visitor.panel.boundingBox()).toEqual({ x: 0, y: 0, ...PHONE });
  for (const text of ['', 'Something to send']) {
    await visitor.composer.fill(text);
    for (const key of ['Tab', 'Tab', 'Tab', 'Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab']) {
      await visitor.page.keyboard.press(key);
      expect(await visitor.panel.locator(':focus').count(), `${key} after "${text}"`).toBe(1);
    }
  }
});

test('[WG25] on a right-to-left page the widget is mirrored', async () => {
  const visitor = await Visitor.at(await shopAs({ dir: 'rtl' }));
  const side = visitor.page.viewportSize()?.width ?? 0;
  await visitor.say('שלום');
  await visitor.isDelivered();
  const panel = await boxOf(visitor.panel);
  expect(middleOf(await boxOf(visitor.launcher))).toBeLessThan(side / 4);
  expect(middleOf(panel)).toBeLessThan(side / 4);
  const own = await boxOf(visitor.thread.locator('.message'));
  expect(middleOf(own)).toBeLessThan(middleOf(panel));
  const close = await boxOf(visitor.panel.getByRole('button', { name: 'Close' }));
  expect(middleOf(close)).toBeLessThan(middleOf(panel));
});

test('[WG25] on a right-to-left page the sign of presence keeps clear of its words', async () => {
  const visitor = await Visitor.at(await shopAs({ dir: 'rtl' }));
  const there = visitor.panel.locator('.there');
  const [dot, words] = [await boxOf(there.locator('i')), await boxOf(there.locator('.fact'))];
  expect(dot.x - (words.x + words.width)).toBeGreaterThanOrEqual(4);
});

test('[WG28] both answers to the question whether to end are in one line', async () => {
  const visitor = await Visitor.at(await page());
  await visitor.say('Do you sell rakes?');
  await visitor.isDelivered();
  await visitor.panel.getByRole('button', { name: 'End conversation' }).click();
  const answers = visitor.panel.getByRole('alertdialog').getByRole('button');
  const [no, yes] = [await boxOf(answers.first()), await boxOf(answers.last())];
  expect(yes.y).toBe(no.y);
});

test('[WG24] nothing scrolls sideways on the narrowest phone', async () => {
  const visitor = await Visitor.at(await page({ viewport: { width: 360, height: 740 } }));
  await visitor.say(`https://shop.example/${'monstera'.repeat(40)}`);
  await visitor.isDelivered();
  for (const part of [visitor.page.locator('html'), visitor.panel, visitor.thread]) {
    expect(await part.evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
  }
});

test('[WG6] a German page gets a German panel', async () => {
  const tab = await shopAs({ lang: 'de' });
  await tab.goto(`${inject('url')}/demo/`);
  await tab.getByRole('button', { name: 'Chatten Sie mit uns' }).click();
  const panel = tab.getByRole('dialog', { name: 'Chatten Sie mit uns' });
  await panel.getByText('Wie können wir helfen?').waitFor();
  await panel.getByRole('textbox', { name: 'Nachricht schreiben …' }).fill('Guten Tag!');
  await tab.keyboard.press('Enter');
  await panel.getByText('Gesendet').waitFor();
});
