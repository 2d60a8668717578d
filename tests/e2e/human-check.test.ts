// Where the settings ask visitors to show that they are human: in the panel, with a stand-in for Cloudflare.

import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { useHostSite } from '../support/host-site.ts';
import { embedFor, useParley } from '../support/own-parley.ts';
import { eventually, useBrowser, Visitor } from '../support/people.ts';
import { SITE_KEY } from '../support/turnstile.ts';
import { TurnstileInBrowser } from '../support/turnstile-in-browser.ts';

const { page } = useBrowser();
const turnstile = new TurnstileInBrowser();
const common = {
  departments: [
    { id: 'sales', name: 'Sales' },
    { id: 'form', name: 'Form', offline: { action: 'form' as const } },
  ],
  widget: { allowed_origins: ['*'] },
};
const always = useParley(
  { ...common, turnstile: { mode: 'always', site_key: SITE_KEY } },
  turnstile,
);
/** From the first conversation that waits. */
const whenBusy = useParley(
  { ...common, turnstile: { mode: 'when-busy', site_key: SITE_KEY }, queue: { max_waiting: 10 } },
  turnstile,
);
const site = useHostSite();

afterEach(() => expect(turnstile.server.complaints).toEqual([]));

const ASKED = 'Show that you are human. Then your message is sent.';
const FAILED = 'It could not be shown that you are human. Your text stays here.';
const UNAVAILABLE = 'It can’t be checked right now that you are human. Your text stays here.';
const TEXT = 'Is the fern in stock?';

async function visit(tab?: Page, parley = always) {
  const at = tab ?? (await page());
  const cloudflare = await turnstile.at(at);
  const visitor = await Visitor.at(at, parley().url);
  return { visitor, cloudflare };
}

const frame = ({ panel }: Visitor) => panel.frameLocator(`iframe[title="${ASKED}"]`);
const box = (visitor: Visitor) => frame(visitor).getByRole('button', { name: 'Verify' });
const again = ({ panel }: Visitor) => panel.getByRole('button', { name: 'Try again' }).click();

async function isSent(visitor: Visitor, text = TEXT) {
  await visitor.isDelivered();
  expect(await visitor.said()).toEqual([text]);
  expect(await visitor.composer.inputValue()).toBe('');
  await visitor.panel.getByText(ASKED).waitFor({ state: 'hidden' });
}

test('[HC8] [HC11] a first message is sent behind the check, which keys reach and pass', async () => {
  const { visitor, cloudflare } = await visit();
  await visitor.composer.fill(TEXT);
  expect(cloudflare.loaded).toEqual([]);
  await visitor.composer.press('Enter');
  await box(visitor).waitFor();
  expect(await visitor.composer.inputValue()).toBe(TEXT);
  await visitor.composer.press('Shift+Tab');
  await eventually(() => box(visitor).evaluate((one) => one.ownerDocument.hasFocus()), true);
  await visitor.page.keyboard.press('Enter');
  await isSent(visitor);
  expect(await visitor.composer.evaluate((one) => one.matches(':focus'))).toBe(true);
  expect(cloudflare.loaded).toHaveLength(1);
});

test('[HC8] what is written while the check is asked stays, and the next message needs none', async () => {
  const { visitor, cloudflare } = await visit();
  await visitor.say(TEXT);
  await box(visitor).waitFor();
  await visitor.composer.fill(`${TEXT}And the ivy?`);
  await box(visitor).click();
  await visitor.isDelivered();
  expect(await visitor.composer.inputValue()).toBe('And the ivy?');
  await visitor.composer.press('Enter');
  await eventually(() => visitor.said(), [TEXT, 'And the ivy?']);
  await visitor.isDelivered();
  expect(cloudflare.loaded).toHaveLength(1);
});

test('[HC9] a check that fails keeps the text, and can be tried again', async () => {
  const { visitor } = await visit();
  await visitor.say(TEXT);
  turnstile.next.push('made-up');
  await box(visitor).click();
  await visitor.panel.getByText(FAILED).waitFor();
  expect(await visitor.composer.inputValue()).toBe(TEXT);
  await again(visitor);
  turnstile.next.push(null);
  await box(visitor).click();
  await visitor.panel.getByText(UNAVAILABLE).waitFor();
  await again(visitor);
  await box(visitor).click();
  await isSent(visitor);
});

test('[HC9] when Cloudflare’s script can’t be loaded the panel says so, and can try again', async () => {
  const { visitor, cloudflare } = await visit();
  cloudflare.isBlocked = true;
  await visitor.say(TEXT);
  await visitor.panel.getByText(UNAVAILABLE).waitFor();
  expect(await visitor.composer.inputValue()).toBe(TEXT);
  cloudflare.isBlocked = false;
  await again(visitor);
  await box(visitor).click();
  await isSent(visitor);
});

test('[HC6] while all of Turnstile is down, messages are sent', async () => {
  const { visitor, cloudflare } = await visit();
  cloudflare.isBlocked = true;
  turnstile.server.isDown = true;
  try {
    await visitor.say(TEXT);
    await isSent(visitor);
  } finally {
    turnstile.server.isDown = false;
  }
});

test('[HC9] the check survives that the panel is closed, and the page reloaded', async () => {
  const { visitor } = await visit();
  await visitor.say(TEXT);
  await box(visitor).waitFor();
  await visitor.page.keyboard.press('Escape');
  await visitor.open();
  await box(visitor).waitFor();
  await visitor.reload();
  expect(await visitor.composer.inputValue()).toBe(TEXT);
  await visitor.composer.press('Enter');
  await box(visitor).click();
  await isSent(visitor);
});

/** On another site, whose policy allows Parley and, as it says, its frames. */
async function onStrictSite(frames: string) {
  const tab = await page();
  await turnstile.at(tab);
  const { url } = always();
  const path = site().add({
    headers: {
      'content-security-policy': [
        "default-src 'none'",
        `script-src ${url}`,
        `connect-src ${url} ${url.replace('http', 'ws')}`,
        `img-src ${url}`,
        frames,
      ].join('; '),
    },
    html: `<!doctype html><title>Shop</title><script async src="${url}/widget.js"></script><h1>Shop</h1>`,
  });
  return Visitor.at(tab, site().url, path);
}

test('[HC8] a site with a strict policy allows Parley in frame-src, and nothing of Cloudflare’s', async () => {
  const visitor = await onStrictSite(`frame-src ${always().url}`);
  await visitor.say(TEXT);
  await box(visitor).click();
  await isSent(visitor);
});

test('[HC9] where a site’s policy keeps the check away the panel says so at once', async () => {
  const visitor = await onStrictSite('');
  await visitor.say(TEXT);
  await visitor.panel.getByText(UNAVAILABLE).waitFor();
  expect(await visitor.composer.inputValue()).toBe(TEXT);
});

test('[HC8] an offline message is sent behind the check', async () => {
  const tab = await embedFor(await page(), 'form');
  await turnstile.at(tab);
  const visitor = new Visitor(tab);
  await tab.goto(`${always().url}/demo/`);
  await visitor.launcher.click();
  await visitor.panel.getByLabel('Name').fill('Ivy Green');
  await visitor.panel.getByLabel('Email').fill('ivy@shop.example');
  await visitor.panel.getByRole('textbox').last().fill(TEXT);
  await visitor.panel.getByRole('button', { name: 'Send' }).click();
  await box(visitor).click();
  await visitor.panel.getByRole('heading', { name: 'Thank you, Ivy Green' }).waitFor();
});

test('[HC2] [HC3] [HC8] a conversation needs a check while many wait, and what was written opens it then', async () => {
  const quiet = await visit(undefined, whenBusy);
  await quiet.visitor.say('Nobody waits yet.');
  await isSent(quiet.visitor, 'Nobody waits yet.');
  expect(quiet.cloudflare.loaded).toEqual([]);

  const { visitor } = await visit(undefined, whenBusy);
  await visitor.say(TEXT);
  await box(visitor).waitFor();
  await visitor.say('And the ivy?');
  expect(await visitor.said()).toEqual([TEXT, 'And the ivy?']);
  await box(visitor).click();
  await visitor.isDelivered();
  expect(await visitor.said()).toEqual([TEXT, 'And the ivy?']);
  await quiet.visitor.say('I go on without one.');
  await quiet.visitor.isDelivered();
  expect(quiet.cloudflare.loaded).toEqual([]);
});
