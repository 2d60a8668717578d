// The notification settings, and what they lead to on a device.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { audit } from '../support/axe.ts';
import { useParley } from '../support/own-parley.ts';
import { Agent, eventually, useBrowser } from '../support/people.ts';
import { FakePushService } from '../support/push-service.ts';

const service = new FakePushService();
const { page } = useBrowser('wholeBrowser');
const parley = useParley(
  {},
  {
    others: async (request) => {
      const { url, method, headers } = request;
      const asked = new Request(url, {
        method,
        headers: [...headers],
        body: await request.arrayBuffer(),
      });
      // The types of Node and of Miniflare differ.
      return new Response(null, { status: await service.answer(asked) }) as never;
    },
  },
);

const SETTINGS = '/account/notifications';

async function atSettings(username: string, prepare?: (fresh: Page) => Promise<unknown>) {
  const fresh = await page();
  await prepare?.(fresh);
  const agent = await Agent.at(fresh, username, parley().url);
  await agent.goTo(SETTINGS);
  await agent.page.getByRole('heading', { name: 'My Account', level: 1 }).waitFor();
  return agent;
}

test('[AL1] [AL8] an agent chooses by keyboard, and finds it so on another device', async () => {
  const noor = await atSettings('noor');
  const other = await atSettings('noor');
  const box = (agent: Agent) => agent.page.getByLabel('A visitor writes to you: Push');
  await noor.page.getByLabel('A visitor writes to you: Desktop').focus();
  await noor.page.keyboard.press('Tab');
  await noor.page.keyboard.press('Space');
  await eventually(() => box(noor).isChecked(), false);
  await eventually(() => box(other).isChecked(), false);

  await noor.page.getByLabel('Keep quiet hours').focus();
  await noor.page.keyboard.press('Space');
  await eventually(() => other.page.getByLabel('From').inputValue(), '20:00');
  await noor.reload();
  await eventually(() => box(noor).isChecked(), false);
  await audit(noor.page);
});

/** A browser with a push service behind it, which headless ones lack. */
async function giveDevice(fresh: Page): Promise<void> {
  await fresh.context().grantPermissions(['notifications']);
  const device = await service.subscribe();
  await fresh.addInitScript((subscription) => {
    const kept = { endpoint: subscription.endpoint, toJSON: () => subscription, unsubscribe };
    async function unsubscribe(): Promise<boolean> {
      sessionStorage.removeItem('subscribed');
      return true;
    }
    Object.assign(PushManager.prototype, {
      getSubscription: async () => (sessionStorage.getItem('subscribed') ? kept : null),
      async subscribe() {
        sessionStorage.setItem('subscribed', 'yes');
        return kept;
      },
    });
  }, device);
}

/** Gives what has come for the device to the browser, as its push service would. */
async function deliver(to: Page, message: unknown): Promise<void> {
  const browser = await to.context().newCDPSession(to);
  const registered = new Promise<string>((known) => {
    browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [one] }) => {
      if (one) known(one.registrationId);
    });
  });
  await browser.send('ServiceWorker.enable');
  await browser.send('ServiceWorker.deliverPushMessage', {
    origin: new URL(to.url()).origin,
    registrationId: await registered,
    data: JSON.stringify(message),
  });
}

const results = (agent: Agent) => agent.main.getByRole('status').locator('li');

test('[AL8] [AL9] [AL10] a device is made known, a trial arrives there, and it is removed again', async () => {
  const mara = await atSettings('mara', giveDevice);
  const toggle = mara.page.getByLabel('Push to this device when no tab is open');
  await toggle.click();
  await mara.main.getByText('this device', { exact: true }).waitFor();
  await mara.page.getByRole('button', { name: 'Test my alerts' }).click();
  await eventually(async () => service.pushed.length, 1);
  await deliver(mara.page, service.pushed[0]?.message);
  await eventually(() => results(mara).last().innerText(), 'Push: arrived.');
  expect(await results(mara).nth(1).innerText()).toContain('Desktop: shown.');
  expect(service.complaints).toEqual([]);
  await audit(mara.page);

  await mara.page.getByRole('button', { name: /^Remove / }).click();
  await mara.main.getByText('No device gets pushes yet.').waitFor();
  await eventually(() => toggle.isChecked(), false);
});

test('[AL8] where the browser blocks notifications, the test says what to do', async () => {
  const theo = await atSettings('theo');
  await theo.page.getByLabel('Push to this device when no tab is open').click();
  await theo.page.getByText('Your browser blocks notifications from this site.').waitFor();
  await theo.page.getByRole('button', { name: 'Test my alerts' }).click();
  await eventually(() => results(theo).count(), 3);
  const texts = await results(theo).allInnerTexts();
  expect(texts[1]).toContain('Desktop: blocked. Allow notifications');
  expect(texts[2]).toContain('Push: off on this device. Turn it on above.');
});

test('[AL15] Parley can be installed: its manifest, icons and service worker are in order', async () => {
  const fresh = await page();
  await fresh.goto(`${parley().url}/sign-in`);
  const browser = await fresh.context().newCDPSession(fresh);
  const { errors, data = '' } = await browser.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data) as { icons: { src: string }[]; start_url: string };
  expect(manifest).toMatchObject({ start_url: '/inbox', display: 'standalone' });
  for (const { src } of manifest.icons) {
    const icon = await fresh.request.get(parley().url + src);
    expect(icon.headers()['content-type']).toBe('image/png');
  }
  const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors');
  // Which a story's browser always is.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
});
