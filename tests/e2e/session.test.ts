// Signing in and out, and what protects an agent's pages.

import { inject, test, expect } from 'vitest';
import { DEMO_PASSWORD } from '../../scripts/demo.ts';
import { Agent, useBrowser, Visitor } from '../support/people.ts';

const { page } = useBrowser();

test('[WS23] signing in leads to the page that was asked for', async () => {
  const visitor = await Visitor.at(await page());
  await visitor.say('Where is my order 4711?');
  const ada = await Agent.at(await page(), 'ada');
  await ada.inQueue('Where is my order 4711?').click();
  await ada.page.waitForURL('**/inbox/*');

  const fresh = await page();
  await fresh.goto(ada.page.url());
  await fresh.waitForURL('**/sign-in?*');
  await fresh.getByLabel('Email').fill('ada@parley.example');
  await fresh.getByLabel('Password').fill(DEMO_PASSWORD);
  await fresh.getByRole('button', { name: 'Sign in' }).click();
  await fresh.waitForURL(ada.page.url());
  await fresh.getByText('Where is my order 4711?').first().waitFor();
});

test('[WS51] the overview tells agents that they are away, and makes them available', async () => {
  const theo = await Agent.at(await page(), 'theo');
  const become = theo.main.getByRole('button', { name: 'Become available' });
  await become.click();
  await theo.sidebar.getByRole('button', { name: ', Available' }).waitFor();
  await become.waitFor({ state: 'hidden' });
  await theo.page.keyboard.press('a');
  await become.waitFor();
});

test('[AC2] [WS50] a wrong password is reported beside the form, and the agent can try again', async () => {
  const signIn = await page();
  await signIn.goto(inject('url'));
  await signIn.locator('#email:focus').waitFor();
  await signIn.keyboard.type('ada@parley.example');
  await signIn.getByLabel('Password').fill('not this one');
  await signIn.getByRole('button', { name: 'Show password' }).click();
  expect(await signIn.getByLabel('Password').getAttribute('type')).toBe('text');
  const before = await signIn.getByLabel('Email').boundingBox();
  await signIn.getByRole('button', { name: 'Sign in' }).click();
  await signIn.getByRole('alert').getByText('Email and password do not match').waitFor();
  expect(await signIn.getByLabel('Email').boundingBox()).toEqual(before);
  await signIn.getByLabel('Password').fill(DEMO_PASSWORD);
  await signIn.keyboard.press('Enter');
  await signIn.waitForURL('**/inbox');
});

test('[AC10] signing out everywhere sends every browser to the sign-in', async () => {
  const office = await Agent.at(await page(), 'ada');
  const home = await Agent.at(await page(), 'ada');
  await office.page.getByRole('button', { name: /^Ada Okafor, / }).click();
  await office.page.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
  await office.dialog.getByRole('button', { name: 'Sign out everywhere' }).click();
  await office.page.waitForURL('**/sign-in*');
  await home.page.waitForURL('**/sign-in*');
  await home.page.getByText('Your session has ended').waitFor();
  await home.page.goto(`${inject('url')}/inbox`);
  await home.page.waitForURL('**/sign-in*');
});

test('[AP6] Parley’s pages run only their own scripts', async () => {
  const workspace = await page();
  await workspace.goto(`${inject('url')}/sign-in`);
  const ran = await workspace.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.body.append(script);
    return 'injected' in window;
  });
  expect(ran).toBe(false);
});
