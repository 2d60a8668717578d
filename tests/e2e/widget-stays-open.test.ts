// The panel from page to page: open where it was left open in a conversation, and no burden where it was not.

import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { useAgent } from '../support/answering.ts';
import { eventually, PHONE, useBrowser, Visitor } from '../support/people.ts';

const { page } = useBrowser();
const mara = useAgent('mara');

/** In a conversation, with the panel open. */
async function inConversation(tab: Page): Promise<Visitor> {
  const visitor = await Visitor.at(tab);
  await visitor.say('I look around meanwhile.');
  await visitor.isDelivered();
  return visitor;
}

/** Goes on as a visitor does who clicks a link of the page. */
async function toSupport(tab: Page): Promise<void> {
  await tab.evaluate(() => location.assign('/demo/support.html'));
  await tab.waitForURL('**/support');
}

/** The panel's script has run, and it has shown what it shows by itself. */
const hasLoaded = async (tab: Page) => {
  await tab.waitForLoadState('networkidle');
  await eventually(() => tab.locator('parley-widget .chevron').count(), 1);
};

const focused = (tab: Page) => tab.evaluate(() => document.activeElement?.tagName);
const kept = (tab: Page) => tab.evaluate(() => sessionStorage.length);

test('[WG49] in a conversation the panel stays open, and leaves the focus to the page', async () => {
  const tab = await page();
  const visitor = await inConversation(tab);
  const agent = await mara.take(visitor);
  await visitor.composer.pressSequentially('Do you al');
  await toSupport(tab);
  await visitor.thread.getByText('I look around meanwhile.').waitFor();
  expect(await visitor.composer.inputValue()).toBe('Do you al');
  expect(await focused(tab)).toBe('BODY');

  await agent.say('Take your time.');
  await visitor.thread.getByText('Take your time.').waitFor();
  await eventually(async () => agent.heard().seen, 1);
  await tab.reload();
  await visitor.thread.getByText('Take your time.').waitFor();
  expect(await focused(tab)).toBe('BODY');
  await tab.getByRole('button', { name: 'Write to support' }).click();
  await eventually(() => focused(tab), 'PARLEY-WIDGET');
  await tab.keyboard.type('so ship?');
  expect(await visitor.composer.inputValue()).toBe('Do you also ship?');
});

test('[WG49] a panel that was closed stays closed on the next pages', async () => {
  const tab = await page();
  const visitor = await inConversation(tab);
  await toSupport(tab);
  await visitor.panel.getByRole('button', { name: 'Close' }).click();
  for (const path of ['/demo/', '/demo/support.html']) {
    await tab.goto(inject('url') + path);
    await hasLoaded(tab);
    expect(await visitor.panel.count()).toBe(0);
    expect(await kept(tab)).toBe(0);
  }
});

test('[WG49] a page that comes back out of the browser’s memory has the panel as it was left', async () => {
  const tab = await page();
  const visitor = await inConversation(tab);
  const comesBack = () =>
    tab.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await comesBack();
  await visitor.panel.waitFor({ state: 'detached' });
  await tab.evaluate(() => sessionStorage.setItem('parley-open', 'true'));
  await comesBack();
  await visitor.composer.waitFor();
  expect(await kept(tab)).toBe(0);
});

test('[WG49] on a phone the panel is closed on the next page', async () => {
  const tab = await page({ viewport: PHONE });
  const visitor = await inConversation(tab);
  await toSupport(tab);
  await hasLoaded(tab);
  expect(await visitor.panel.count()).toBe(0);
});

test('[WG49] a tab that is opened from the page has the panel closed', async () => {
  const tab = await page();
  const visitor = await inConversation(tab);
  const opened = tab.waitForEvent('popup');
  await tab.evaluate(() => void window.open('/demo/support.html'));
  const other = new Visitor(await opened);
  await hasLoaded(other.page);
  expect(await other.panel.count()).toBe(0);
  expect(await visitor.panel.count()).toBe(1);
});

test('[WG49] without a conversation the next page has only the loader', async () => {
  const tab = await page();
  const visitor = await Visitor.at(tab);
  await visitor.panel.getByText('How can we help?').waitFor();
  await toSupport(tab);
  await tab.waitForLoadState('networkidle');
  await visitor.launcher.waitFor();
  expect(tab.frames()).toHaveLength(1);
  expect(await kept(tab)).toBe(0);
});

test('[WG16] [WG49] where the browser keeps nothing of a tab, the next page has the panel closed', async () => {
  const tab = await page();
  await tab.addInitScript(() =>
    Object.defineProperty(window, 'sessionStorage', {
      get() {
        throw new DOMException('denied', 'SecurityError');
      },
    }),
  );
  const visitor = await inConversation(tab);
  await toSupport(tab);
  await hasLoaded(tab);
  expect(await visitor.panel.count()).toBe(0);
  await visitor.open();
  await eventually(() => visitor.said(), ['I look around meanwhile.']);
});
