// A deployment while an agent is at work: what their page is made of is gone, and there is something newer.

import type { Page } from 'playwright-core';
import { expect, inject, onTestFinished, test } from 'vitest';
import { Proxy } from '../support/proxy/proxy.ts';
import { Agent, eventually, useBrowser, Visitor } from '../support/people.ts';

const { page } = useBrowser();

/** The addresses that the tab loads as a whole page from now on. */
function loads(tab: Page): string[] {
  const paths: string[] = [];
  tab.on('request', (request) => {
    if (request.isNavigationRequest()) paths.push(new URL(request.url()).pathname);
  });
  return paths;
}

/** Until it is loaded as a whole, the page gets no part that it has not got yet. */
async function loseParts(tab: Page, loaded: readonly string[]): Promise<void> {
  // SvelteKit throws what it could not fetch ahead where nobody catches it. Any other error still fails the story.
  tab.removeAllListeners('pageerror');
  tab.on('pageerror', ({ message }) => {
    if (!message.includes('dynamically imported module')) expect.unreachable(message);
  });
  await tab.route('**/_app/immutable/**', (route) =>
    loaded.length > 0 ? route.continue() : route.fulfill({ status: 404 }),
  );
}

const deploy = (tab: Page) =>
  tab.route('**/_app/version.json', (route) => route.fulfill({ json: { version: 'newer' } }));

const banner = (agent: Agent) => agent.sidebar.getByText('There is a new version of Parley.');

test('[WS61] a page whose parts are gone leads to where a click goes, and nothing is lost', async () => {
  const visitor = await Visitor.at(await page());
  await visitor.say('Do ferns like company?');
  const agent = await Agent.at(await page(), 'noor');
  await agent.take('Do ferns like company?');
  await agent.composer.fill('They lo');
  const path = new URL(agent.page.url()).pathname;

  const loaded = loads(agent.page);
  await loseParts(agent.page, loaded);
  // The page is alive once its lines open; before, it hears no key.
  const alive = agent.page.waitForEvent('websocket');
  await agent.sidebar.getByRole('link', { name: 'Offline messages' }).click();
  await agent.page.getByRole('heading', { name: 'Offline messages' }).waitFor();
  expect(loaded).toEqual(['/offline-messages']);
  await alive;
  await agent.inProgress('Do ferns like company?').click();
  await eventually(() => agent.composer.inputValue(), 'They lo');
  expect(loaded).toEqual(['/offline-messages']);
  expect(new URL(agent.page.url()).pathname).toBe(path);
  await agent.say('They love it.');
  await visitor.thread.getByText('They love it.').waitFor();
  await agent.end('');
});

test('[WS61] parts that are gone load nothing while the pointer only passes a link', async () => {
  const agent = await Agent.at(await page(), 'noor');
  const loaded = loads(agent.page);
  await loseParts(agent.page, loaded);
  // The page tells its console of each failure, and does at once what it does about it.
  const told = agent.page.waitForEvent('console', (message) =>
    message.text().includes('dynamically imported module'),
  );
  await agent.sidebar.getByRole('link', { name: 'Offline messages' }).hover();
  await told;
  expect(loaded).toEqual([]);
});

test('[WS62] an agent is told of a new version, and gets it with a click or their next step', async () => {
  const proxy = await Proxy.toUrl(inject('url'));
  onTestFinished(() => proxy.close());
  const visitor = await Visitor.at(await page());
  await visitor.say('Do cacti bloom?');
  const agent = await Agent.at(await page(), 'noor', proxy.url);
  await agent.take('Do cacti bloom?');
  await agent.composer.fill('Once a y');
  const path = new URL(agent.page.url()).pathname;

  const loaded = loads(agent.page);
  await deploy(agent.page);
  proxy.cut();
  proxy.restore();
  await banner(agent).waitFor();
  await agent.composer.pressSequentially('ear');
  expect(loaded).toEqual([]);

  // All of the page must be there before the connection is cut again.
  const alive = agent.page.waitForEvent('websocket');
  await agent.sidebar.getByRole('link', { name: 'Reload the page' }).click();
  await alive;
  expect(loaded).toEqual([path]);
  await eventually(() => agent.composer.inputValue(), 'Once a year');
  await agent.page.unroute('**/_app/version.json');
  await deploy(agent.page);
  proxy.cut();
  proxy.restore();
  await banner(agent).waitFor();
  await agent.sidebar.getByRole('link', { name: 'Offline messages' }).click();
  await agent.page.getByRole('heading', { name: 'Offline messages' }).waitFor();
  expect(loaded).toEqual([path, '/offline-messages']);
});
