// What the widget costs a site, before and after a visitor shows intent, and where it may not be.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { expect, inject, onTestFinished, test } from 'vitest';
import { useAgent } from '../support/answering.ts';
import { eventually, useBrowser, Visitor } from '../support/people.ts';

const { page } = useBrowser();
const mara = useAgent('mara');

const file = (name: string, kind = 'js') =>
  expect.stringMatching(new RegExp(`^GET /widget/${name}\\.[\\w-]+\\.${kind}$`)) as unknown;
const LOADED = ['GET /widget.js', file('panel'), file('en', 'json')];

/**
 * What a page asks of the Worker, in order. The shop's own files don't count, nor does a file that has been
 * asked for: the browser takes it out of its cache.
 */
function asked(page: Page): string[] {
  const heard: string[] = [];
  page.on('request', (request) => {
    const { pathname, protocol } = new URL(request.url());
    const what = `${request.method()} ${pathname}`;
    if (protocol !== 'http:' || pathname.startsWith('/demo/')) return;
    if (!pathname.startsWith('/widget/') || !heard.includes(what)) heard.push(what);
  });
  page.on('websocket', (socket) => heard.push(`WS ${new URL(socket.url()).pathname}`));
  return heard;
}

async function shop(at: Page): Promise<Visitor> {
  const visitor = new Visitor(at);
  await at.goto(`${inject('url')}/demo/`, { waitUntil: 'networkidle' });
  await visitor.launcher.waitFor();
  return visitor;
}

/** Everywhere a page could store something. */
const remembered = (page: Page) =>
  page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    cookie: document.cookie,
  }));
const NOTHING = { local: {}, session: {}, databases: [], caches: [], cookie: '' };

test('[WG7] a page that nobody chats on makes one request, stores nothing and opens nothing', async () => {
  const tab = await page();
  const heard = asked(tab);
  await shop(tab);
  expect(heard).toEqual(['GET /widget.js']);
  expect(await remembered(tab)).toEqual(NOTHING);
  expect(tab.frames()).toHaveLength(1);
});

test('[WG8] reaching for the launcher fetches the panel, and only the first message makes a visitor', async () => {
  const tab = await page();
  const heard = asked(tab);
  const { launcher, composer, ...visitor } = await shop(tab);

  await launcher.hover();
  await eventually(async () => heard, LOADED);
  await launcher.click();
  await visitor.panel.getByText('How can we help?').waitFor();
  await eventually(
    async () => heard.slice(3).sort(),
    ['GET /api/widget', file('conversation-view')],
  );
  expect(await remembered(tab)).toEqual(NOTHING);

  await composer.fill('Do you sell moss?');
  expect(heard).toHaveLength(5);
  await composer.press('Enter');
  await visitor.panel.getByText('Sent').waitFor();
  const socket = expect.stringMatching(/^WS \/ws\/conversations\//) as unknown;
  expect(heard.slice(5)).toEqual(['POST /api/visitors', socket]);
  // The one in which the panel's script runs.
  expect(tab.frames()).toHaveLength(2);
});

test('[WG8] the keyboard can reach for the launcher, too', async () => {
  const tab = await page();
  const heard = asked(tab);
  const { launcher } = await shop(tab);
  await launcher.focus();
  await eventually(async () => heard, LOADED);
});

test('[WG5] [WG9] a conversation continues on every page until it has ended and been read', async () => {
  const visitor = await Visitor.at(await page());
  await visitor.say('Do you sell ferns?');
  const agent = await mara.take(visitor);
  await visitor.page.keyboard.press('Escape');
  await visitor.page.goto(`${inject('url')}/demo/support.html`);
  await agent.say('We do, three kinds.');
  await visitor.page.getByRole('button', { name: 'Chat with us, 1 unread' }).waitFor();

  await agent.end();
  await visitor.open();
  await visitor.panel.getByText('Mara Lindqvist ended the conversation').waitFor();
  await eventually(async () => agent.heard().seen, 1);
  const heard = asked(visitor.page);
  await visitor.page.goto(`${inject('url')}/demo/`, { waitUntil: 'networkidle' });
  await visitor.launcher.waitFor();
  expect(heard).toEqual(['GET /widget.js']);

  await visitor.open();
  await eventually(() => visitor.said(), ['Do you sell ferns?', 'We do, three kinds.']);
});

test('[WG10] a panel that could not be fetched is reported, and fetched again', async () => {
  const tab = await page();
  await tab.route('**/widget/*', (route) => route.abort());
  const visitor = await shop(tab);
  await visitor.launcher.click();
  await tab.getByText('The chat could not be loaded.').waitFor();
  await tab.unroute('**/widget/*');
  await visitor.open();
  expect(await tab.getByText('The chat could not be loaded.').count()).toBe(0);
  await visitor.say('There you are!');
  await eventually(() => visitor.said(), ['There you are!']);
});

test('[AP2] [WG11] on a site that may not embed the widget, it says that it is not available', async () => {
  const site = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>Elsewhere</title><body>
      <script async src="${inject('url')}/widget.js"></script>`);
  });
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void site.close());
  const { port } = site.address() as AddressInfo; // A TCP server's address is always this.

  const tab = await page();
  const told: string[] = [];
  tab.on('console', (message) => told.push(message.text()));
  const visitor = await Visitor.at(tab, `http://127.0.0.1:${port}`, '/');
  await visitor.panel.getByText('The chat is not available right now.').waitFor();
  await visitor.say('Is anybody there?');
  await eventually(async () => told.filter((text) => text.includes('allowed_origins')).length, 2);
  expect(await visitor.composer.inputValue()).toBe('Is anybody there?');
  expect(await visitor.said()).toEqual([]);
  // The text alone is kept, and no visitor's identity.
  expect(await tab.evaluate(() => Object.keys(localStorage))).toEqual(['parley-draft']);
});
