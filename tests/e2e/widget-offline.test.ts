// What the widget does when something is missing: the connection, the storage, or the visitor on the server.

import type { Page } from 'playwright-core';
import { expect, inject, onTestFinished, test } from 'vitest';
import { useAgent } from '../support/answering.ts';
import { Proxy } from '../support/proxy/proxy.ts';
import { eventually, useBrowser, Visitor } from '../support/people.ts';

const { page } = useBrowser();
const mara = useAgent('mara');

async function viaProxy(): Promise<Proxy> {
  const proxy = await Proxy.toUrl(inject('url'));
  onTestFinished(() => proxy.close());
  return proxy;
}

const cut = async (proxy: Proxy, page: Page) => {
  await page.context().setOffline(true);
  proxy.cut();
};
const restore = async (proxy: Proxy, page: Page) => {
  proxy.restore();
  await page.context().setOffline(false);
};

test('[DC1] [WG12] messages written while the connection is down wait, and are sent once and in order', async () => {
  const proxy = await viaProxy();
  const visitor = await Visitor.at(await page(), proxy.url);
  await visitor.say('Have you got orchids?');
  const agent = await mara.take(visitor);

  await cut(proxy, visitor.page);
  for (const text of ['A white one,', 'or a yellow one,', 'if you have it.']) {
    await visitor.say(text);
    await visitor.thread.getByText(text).waitFor();
  }
  await visitor.panel.getByText('You are offline. Your messages are saved').waitFor();
  await visitor.panel.getByText('Waiting').waitFor();
  expect(agent.said()).toEqual(['Have you got orchids?']);

  await restore(proxy, visitor.page);
  await visitor.isDelivered();
  const all = ['Have you got orchids?', 'A white one,', 'or a yellow one,', 'if you have it.'];
  await eventually(async () => agent.said(), all);
  expect(await visitor.said()).toEqual(all);
});

test('[WG13] a first message that could not be sent stays in the composer', async () => {
  const visitor = await Visitor.at(await page());
  await visitor.panel.getByText('How can we help?').waitFor();
  await visitor.page.context().setOffline(true);
  await visitor.say('Do orchids like rain?');
  await visitor.panel.getByText('You seem to be offline. Your text stays here').waitFor();
  expect(await visitor.composer.inputValue()).toBe('Do orchids like rain?');
  expect(await visitor.said()).toEqual([]);

  await visitor.page.context().setOffline(false);
  await visitor.panel.getByRole('button', { name: 'Try again' }).click();
  await visitor.panel.getByRole('alert').waitFor({ state: 'hidden' });
  await visitor.composer.press('Enter');
  await visitor.panel.getByText('Sent').waitFor();
  expect(await visitor.said()).toEqual(['Do orchids like rain?']);
  expect(await visitor.composer.inputValue()).toBe('');
});

test('[CV6] [WG14] messages written into a conversation that has ended open the next one, in order', async () => {
  const proxy = await viaProxy();
  const visitor = await Visitor.at(await page(), proxy.url);
  await visitor.say('Is the shop open today?');
  const agent = await mara.take(visitor);
  const ended = visitor.conversationId;

  await cut(proxy, visitor.page);
  await agent.end();
  const later = ['And tomorrow?', 'And on Sunday?', 'I would come by train.'];
  for (const text of later) {
    await visitor.say(text);
    await visitor.thread.getByText(text).waitFor();
  }
  await restore(proxy, visitor.page);

  await visitor.panel.getByText('Mara Lindqvist ended the conversation').waitFor();
  await eventually(() => visitor.said(), ['Is the shop open today?', ...later]);
  await eventually(async () => visitor.conversationId === ended, false);
  const next = await mara.take(visitor);
  await eventually(async () => next.said(), later);
});

test('[DC1] [DC12] what is in the composer survives a killed tab, and so does what was just sent', async () => {
  const proxy = await viaProxy();
  const visitor = await Visitor.at(await page(), proxy.url);
  await visitor.say('Are you open on Sunday?');
  await visitor.isDelivered();

  await cut(proxy, visitor.page);
  await visitor.say('I could come at ten.');
  await visitor.composer.pressSequentially('Or at elev');
  const tab = await visitor.page.context().newPage();
  await visitor.page.close();
  await restore(proxy, tab);

  const again = await Visitor.at(tab, proxy.url);
  await eventually(() => again.said(), ['Are you open on Sunday?', 'I could come at ten.']);
  expect(await again.composer.inputValue()).toBe('Or at elev');
  await again.composer.pressSequentially('en.');
  await again.composer.press('Enter');
  await eventually(() => again.composer.inputValue(), '');
  await again.reload();
  await eventually(
    async () => (await again.said()).slice(1),
    ['I could come at ten.', 'Or at eleven.'],
  );
  expect(await again.composer.inputValue()).toBe('');
});

test('[WG15] a visitor whom the server no longer knows can start again', async () => {
  const tab = await page();
  const visitor = await Visitor.at(tab);
  await visitor.say('Do you remember me?');
  await visitor.isDelivered();
  await tab.evaluate(() => {
    const kept = localStorage.getItem('parley') ?? '';
    localStorage.setItem('parley', kept.replace(/"token":"[^"]+/, '"token":"forged'));
  });
  await tab.reload();
  await visitor.panel.getByText('can no longer continue this conversation').waitFor();
  expect(await visitor.composer.count()).toBe(0);

  await visitor.panel.getByRole('button', { name: 'Start again' }).click();
  await visitor.say('Then let us get acquainted.');
  await visitor.panel.getByText('Sent').waitFor();
  expect(await visitor.said()).toEqual(['Then let us get acquainted.']);
});

test('[WG45] a visitor’s old token is replaced, and the conversation goes on', async () => {
  const tab = await page();
  const visitor = await Visitor.at(tab);
  await visitor.say('See you tomorrow.');
  await visitor.isDelivered();
  const kept = () => tab.evaluate(() => localStorage.getItem('parley') ?? '');
  const before = await kept();
  // As an earlier version stored it, which did not say how old the token is.
  const stored = before.replace(/"renewedAt":\d+,/, '');
  expect(stored).not.toBe(before);
  await tab.evaluate((text) => localStorage.setItem('parley', text), stored);
  await visitor.reload();
  await eventually(async () => (await kept()).includes('"renewedAt":'), true);
  await visitor.say('Here I am.');
  await visitor.isDelivered();
  expect(await visitor.said()).toEqual(['See you tomorrow.', 'Here I am.']);
});

test('[DC13] [WG16] a browser that grants no storage still lets a visitor write', async () => {
  const tab = await page();
  await tab.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('Storage is blocked.', 'SecurityError');
    };
    for (const store of ['localStorage', 'sessionStorage', 'indexedDB']) {
      Object.defineProperty(window, store, { get: refuse });
    }
  });
  const visitor = await Visitor.at(tab);
  await visitor.say('I keep no cookies.');
  await visitor.panel.getByText('Stay on this page until the message is delivered.').waitFor();
  const agent = await mara.take(visitor);
  await agent.say('Have a biscuit, then.');
  await eventually(() => visitor.said(), ['I keep no cookies.', 'Have a biscuit, then.']);
  await visitor.say('Thank you.');
  await eventually(async () => agent.said().at(-1), 'Thank you.');
});
