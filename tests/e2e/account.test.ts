// My Account, in a Parley of its own: what agents change there would be in the way of other stories.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../../scripts/demo.ts';
import { audit } from '../support/axe.ts';
import { useParley } from '../support/own-parley.ts';
import { Agent, DESKTOP, eventually, useBrowser } from '../support/people.ts';
import { codeFor } from '../support/totp.ts';

const parley = useParley({ security: { two_factor_for: ['monitor'] } });
const { page } = useBrowser();

/** A passkey belongs to a name, which an address in digits is not. */
const url = () => parley().url.replace('127.0.0.1', 'localhost');
const at = async (username: string) => Agent.at(await page(), username, url());

const button = (tab: Page, name: string) => tab.getByRole('button', { name, exact: true });
const go = (tab: Page, name: string) =>
  tab.getByRole('navigation', { name: 'My Account' }).getByRole('link', { name }).click();

async function signOut(tab: Page): Promise<void> {
  await tab.keyboard.press('Control+k');
  await tab.getByRole('option', { name: 'Sign out', exact: true }).click();
  await tab.waitForURL('**/sign-in*');
}

async function givePassword(tab: Page, username: string): Promise<void> {
  await tab.goto(`${url()}/sign-in`);
  await tab.getByLabel('Email').fill(`${username}@parley.example`);
  await tab.getByLabel('Password').fill(DEMO_PASSWORD);
  await button(tab, 'Sign in').click();
}

/** What an app reads off the picture, here from the key below it. */
async function appOf(tab: Page): Promise<() => Promise<string>> {
  const key = (await tab.locator('form code').innerText()).replaceAll(' ', '');
  return () => codeFor(`otpauth://totp/x?secret=${key}`, Date.now());
}

test('[MY24] [MY1] [MY4] an agent finds their account in the menu, renames themselves, and sees what waits', async () => {
  const noor = await at('noor');
  await noor.sidebar.getByRole('button', { name: /^Noor Haddad/ }).click();
  await noor.page.getByRole('menuitem', { name: 'My Account' }).click();
  await noor.main.getByRole('heading', { name: 'My Account' }).waitFor();
  await audit(noor.page);
  await noor.page.setViewportSize(DESKTOP);
  await noor.main.getByLabel('Name', { exact: true }).fill('Noor van Dam');
  await button(noor.page, 'Save').click();
  await noor.sidebar.getByRole('button', { name: /^Noor van Dam/ }).waitFor();

  await go(noor.page, 'Omnichannel');
  const pdf = noor.main.getByLabel('Export chat transcript as PDF');
  expect(await pdf.isDisabled()).toBe(true);
  await noor.main.getByText('Parley makes no transcripts yet').waitFor();
  await audit(noor.page);
});

test('[MY2] [AC14] a picture is cropped with the keyboard, shows at once, and can be removed', async () => {
  const mara = await at('mara');
  const avatar = `${url()}/files/avatars/${await parley().agentId('mara')}`;
  const before = await (await mara.page.request.get(avatar)).body();
  await mara.goTo('/account');
  const buffer = await mara.page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 160 } });
  const picture = { name: 'me.png', mimeType: 'image/png', buffer };
  await mara.page.locator('input[type=file]').setInputFiles(picture);
  await mara.dialog.getByLabel('Zoom').focus();
  for (let nth = 0; nth < 5; nth++) await mara.page.keyboard.press('ArrowRight');
  await audit(mara.page);
  await mara.dialog.getByRole('button', { name: 'Use this part' }).click();
  await mara.isTold('Your photo has been changed.');
  expect((await (await mara.page.request.get(avatar)).body()).equals(before)).toBe(false);
  await button(mara.page, 'Remove the picture').click();
  await mara.isTold('Your picture is removed');
  expect((await mara.page.request.get(avatar)).status()).toBe(404);
});

test('[MY3] [MY17] language, theme and time zone follow to another device, which is then signed out', async () => {
  const [here, there] = [await at('mara'), await at('mara')];
  await here.goTo('/account/preferences');
  await here.main.getByLabel('Dark').check();
  await eventually(() => here.page.locator('html').getAttribute('data-theme'), 'dark');
  await here.main.getByLabel('Time zone').selectOption('Asia/Tokyo');
  await here.main.getByLabel('Language').selectOption('de');
  await here.main.getByRole('heading', { name: 'Mein Konto' }).waitFor();
  await there.reload();
  await eventually(() => there.page.locator('html').getAttribute('lang'), 'de');
  expect(await there.page.locator('html').getAttribute('data-theme')).toBe('dark');
  await audit(here.page);
  await here.page.setViewportSize(DESKTOP);
  await here.main.getByLabel('Sprache').selectOption('auto');
  await here.main.getByRole('heading', { name: 'My Account' }).waitFor();

  await go(here.page, 'Security');
  await here.main.getByText('This device').waitFor();
  await button(here.page, 'Sign out everywhere else').last().click();
  await there.page.waitForURL('**/sign-in*');
  await here.main.getByText('This device').waitFor();
});

test('[MY8] [MY9] [MY10] with two-factor on, signing in asks for a code, or takes a recovery code once', async () => {
  const ada = await at('ada');
  const tab = ada.page;
  await tab.goto(`${url()}/account/security`);
  await audit(tab);
  await tab.setViewportSize(DESKTOP);
  await button(tab, 'Set it up').click();
  const code = await appOf(tab);
  await tab.getByRole('img', { name: 'QR code' }).waitFor();
  await audit(tab);
  await tab.setViewportSize(DESKTOP);
  await tab.getByLabel('Code that the app shows').fill(await code());
  await tab.keyboard.press('Enter');
  const codes = tab.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await codes.first().waitFor();
  const [recovery = ''] = await codes.allInnerTexts();
  await button(tab, 'I have kept them').click();
  await tab.getByText('10 recovery codes are left.').waitFor();

  await signOut(tab);
  await givePassword(tab, 'ada');
  await tab.getByLabel('Code of your authenticator app').fill('000000');
  await tab.keyboard.press('Enter');
  await tab.getByRole('alert').getByText('This code is not right.').waitFor();
  await audit(tab);
  await button(tab, 'Use a recovery code instead').click();
  await tab.getByLabel('Recovery code').fill(recovery);
  await tab.keyboard.press('Enter');
  await tab.waitForURL('**/inbox');
  await tab.goto(`${url()}/account/security`);
  await tab.getByText('9 recovery codes are left.').waitFor();
});

test('[MY12] an agent whose role must have two-factor sets it up before anything else', async () => {
  const tab = await page();
  await givePassword(tab, 'theo');
  await tab.waitForURL('**/two-factor');
  await tab.goto(`${url()}/account`);
  await tab.waitForURL('**/two-factor?to=%2Faccount');
  await audit(tab);
  await button(tab, 'Set it up').click();
  const code = await appOf(tab);
  await tab.getByLabel('Code that the app shows').fill(await code());
  await button(tab, 'Turn it on').click();
  await button(tab, 'I have kept them').click();
  await tab.waitForURL('**/account');
  await tab.getByRole('heading', { name: 'My Account' }).waitFor();
});

test('[MY14] a passkey signs in without a password, where the browser offers it', async () => {
  const noor = await at('noor');
  const tab = noor.page;
  const device = await tab.context().newCDPSession(tab);
  await device.send('WebAuthn.enable');
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', automaticPresenceSimulation: true },
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
    },
  });
  await tab.goto(`${url()}/account/security`);
  await button(tab, 'Add a passkey').click();
  await tab.getByRole('button', { name: /^Rename Chrome \d+ on Linux$/ }).click();
  await noor.dialog.getByLabel('Name').fill('Office');
  await noor.dialog.getByRole('button', { name: 'Save' }).click();
  await button(tab, 'Remove Office').waitFor();

  await signOut(tab);
  await tab.waitForURL('**/inbox');
  await button(tab, 'Remove Office').waitFor({ state: 'hidden' });
});
