// A deployment while a page is open: the files that the page's scripts name are gone, and there are others.

import { readdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { webOutput } from '../../scripts/paths.ts';
import { eventually, useBrowser, Visitor } from '../support/people.ts';

const { page } = useBrowser();

/** A fingerprint of a build before this one, of which the server has nothing any more. */
const EARLIER = 'Ea-rlier';

/** The fingerprinted name of a built file, now and in the earlier build. */
async function namesOf(name: string): Promise<[now: string, earlier: string]> {
  const now = (await readdir(`${webOutput}/widget`)).find((file) => file.startsWith(`${name}.`));
  if (!now) throw new Error(`${name} was not built`);
  return [now, now.replace(/\.[\w-]+\./, `.${EARLIER}.`)];
}

/** What the earlier build's file said: the same as now, except that it names the earlier files. */
async function serveEarlier(tab: Page, path: string, from: string): Promise<void> {
  const answer = await fetch(inject('url') + from);
  let body = await answer.text();
  for (const part of ['panel', 'conversation-view', 'offline-form', 'en', 'de']) {
    const [now, earlier] = await namesOf(part);
    body = body.replaceAll(now, earlier);
  }
  const headers = { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' };
  await tab.route(`**${path}`, (route) => route.fulfill({ body, headers }));
}

test('[WG42] a loader from before a deployment opens the panel of the new one', async () => {
  const tab = await page();
  await serveEarlier(tab, '/widget.js', '/widget.js');
  const visitor = await Visitor.at(tab);
  await visitor.say('Is the fern in stock?');
  await visitor.isDelivered();
  expect(await visitor.said()).toEqual(['Is the fern in stock?']);
});

test('[WG42] an open panel whose parts are gone gives way to the new one, with what was written', async () => {
  const tab = await page();
  const [panel, earlierPanel] = await namesOf('panel');
  await serveEarlier(tab, '/widget.js', '/widget.js');
  await serveEarlier(tab, `/widget/${earlierPanel}`, `/widget/${panel}`);
  const [sentences, earlierSentences] = await namesOf('en');
  await serveEarlier(tab, `/widget/${earlierSentences}`, `/widget/${sentences}`);
  const [, view] = await namesOf('conversation-view');
  const deployment = Promise.withResolvers<void>();
  await tab.route(`**/widget/${view}*`, async (route) => {
    await deployment.promise;
    await route.continue();
  });
  const visitor = await Visitor.at(tab);
  await visitor.composer.fill('Is the fern in stock?');
  const renewed = tab.waitForResponse(`**/widget/${panel}`);
  deployment.resolve();
  await renewed;
  await eventually(() => visitor.composer.inputValue(), 'Is the fern in stock?');
  await visitor.composer.press('Enter');
  await visitor.isDelivered();
  expect(await visitor.said()).toEqual(['Is the fern in stock?']);
  expect(await visitor.panel.count()).toBe(1);
});
