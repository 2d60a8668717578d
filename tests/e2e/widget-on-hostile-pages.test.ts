// The widget is a guest: pages of every kind, each with a message from the first letter to the server.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useHostSite } from '../support/host-site.ts';
import { useParley } from '../support/own-parley.ts';
import { eventually, useBrowser, Visitor } from '../support/people.ts';

const { page } = useBrowser();
const parley = useParley({ widget: { allowed_origins: ['*'] } });
const site = useHostSite();

interface Host {
  readonly headers?: Record<string, string>;
  readonly head?: string;
  readonly body?: string;
}

/** With the nonce that some of the policies ask for. */
const tag = () =>
  `<script async nonce="n" src="${parley().url}/widget.js" data-department="sales"></script>`;

/** At a page of the given kind, with the panel open. */
async function visit({ headers = {}, head = '', body = '' }: Host, tab?: Page): Promise<Visitor> {
  const path = site().add({
    headers,
    html: `<!doctype html><html lang="en"><head><title>Shop</title>${head}${tag()}</head>
      <body><h1>Shop</h1>${body}<div style="height: 3000px"></div></body></html>`,
  });
  return Visitor.at(tab ?? (await page()), site().url, path);
}

/** The panel as a visitor sees it: what a page could change of it. */
const looksOf = ({ page: tab }: Visitor) =>
  tab.locator('parley-widget').evaluate((element) => {
    const root = element.shadowRoot;
    const [launcher, card, field] = ['.launcher', '.card', 'textarea'].map((one) =>
      root?.querySelector(one),
    );
    if (!launcher || !card || !field) throw new Error('a part is missing');
    const corner = launcher.getBoundingClientRect();
    const { fontFamily, lineHeight, textTransform, letterSpacing } = getComputedStyle(card);
    return {
      launcher: [corner.width, corner.height],
      fromCorner: [innerWidth - corner.right, innerHeight - corner.bottom].map(Math.round),
      card: [card.clientWidth, card.clientHeight],
      colours: [launcher, card].map((part) => getComputedStyle(part).backgroundColor),
      text: { fontFamily, lineHeight, textTransform, letterSpacing },
      field: getComputedStyle(field).fontSize,
    };
  });

/** Widths of scroll bars are the page's matter. */
const withoutScrollBar = `<style>html { scrollbar-width: none }</style>`;

const STRICT_POLICY = () => {
  const { url } = parley();
  return [
    "default-src 'none'",
    `script-src ${url}`,
    "style-src 'self'",
    `connect-src ${url} ${url.replace('http', 'ws')}`,
    `img-src ${url}`,
  ].join('; ');
};

const styled = (css: string): Host => ({ head: `${withoutScrollBar}<style>${css}</style>` });

const HOSTS: Record<string, () => Host> = {
  'a strict content security policy': () => ({
    headers: { 'content-security-policy': STRICT_POLICY() },
  }),
  'Trusted Types': () => ({
    head: withoutScrollBar,
    headers: { 'content-security-policy': "require-trusted-types-for 'script'" },
  }),
  'scripts by their nonce alone, and no frames': () => ({
    headers: { 'content-security-policy': "script-src 'nonce-n'; frame-src 'none'" },
    head: withoutScrollBar,
  }),
  'scripts by their nonce, and no policy of Trusted Types': () => ({
    headers: {
      'content-security-policy': [
        "script-src 'nonce-n' 'strict-dynamic'",
        "require-trusted-types-for 'script'; trusted-types 'none'",
      ].join('; '),
    },
    head: withoutScrollBar,
  }),
  'a sandbox': () => ({
    headers: { 'content-security-policy': 'sandbox allow-scripts' },
    head: withoutScrollBar,
  }),
  'a modal dialog': () => ({
    head: withoutScrollBar,
    body: '<dialog id="cookies"><button>Yes</button></dialog><script>cookies.showModal()</script>',
  }),
  'a dialog that shuts off what is beside it': () => ({
    head: withoutScrollBar,
    body: `<div role="dialog"></div><script>
      const shut = () => {
        const widget = document.querySelector('body > parley-widget');
        if (!widget) return requestAnimationFrame(shut);
        widget.inert = true;
      };
      shut();
    </script>`,
  }),
  'variables of the widget’s names': () =>
    styled('* { --accent: red; --ink: red; --paper: red; --left: 0; --right: auto }'),
  'rules for every element': () =>
    styled(`* { font: 30px/3 fantasy; text-transform: uppercase; letter-spacing: 9px }
      * { color: red; direction: ltr }`),
  'important rules for every element': () =>
    styled('* { font-size: 40px !important; text-transform: uppercase !important }'),
  'every element unset': () => styled('* { all: unset }'),
  'rules for what stands in the body': () =>
    styled(
      'body > * { padding: 90px; margin: 50px; background: red; display: block; width: 300px }',
    ),
  'a body that is moved': () => styled('body { transform: translateX(0); filter: grayscale(1) }'),
  'a body that is a flexbox': () => styled('body { display: flex; gap: 50px }'),
  'a body that is a grid': () => styled('body { display: grid; gap: 50px }'),
  'small root letters': () => styled('html { font-size: 10px } button { padding: 40px }'),
  'everything far above': () =>
    ({
      head: `${withoutScrollBar}<style>.top { position: fixed; inset: 0; z-index: 2147483647 }</style>`,
      body: '<div class="top"></div>',
    }) satisfies Host,
};

test.each(Object.entries(HOSTS))(
  '[WG35] [WG38] %s: the widget looks and works as elsewhere',
  async (_kind, host) => {
    const usual = await looksOf(await visit({ head: withoutScrollBar }));
    const visitor = await visit(host());
    const { fromCorner, ...looks } = await looksOf(visitor);
    expect(looks).toEqual({
      launcher: usual.launcher,
      card: usual.card,
      colours: usual.colours,
      text: usual.text,
      field: usual.field,
    });
    expect(Math.max(...fromCorner)).toBeLessThan(40);
    await visitor.say('Is the fern in stock?');
    await visitor.isDelivered();
    expect(await visitor.said()).toEqual(['Is the fern in stock?']);
  },
);

test('[WG36] a page that swaps its body has the widget again, with what was written', async () => {
  const visitor = await visit({});
  await visitor.say('Is the fern in stock?');
  await visitor.isDelivered();
  await visitor.page.evaluate(() => {
    document.body = document.createElement('body');
  });
  expect(await visitor.said()).toEqual(['Is the fern in stock?']);
  await visitor.say('And the ivy?');
  await visitor.isDelivered();
  await visitor.page.evaluate(() => document.querySelector('parley-widget')?.remove());
  await eventually(() => visitor.said(), ['Is the fern in stock?', 'And the ivy?']);
});

/** What the console is told of the widget. */
function warnings(tab: Page): string[] {
  const told: string[] = [];
  tab.on('console', (message) => {
    if (message.text().startsWith('Parley:')) told.push(`${message.type()} ${message.text()}`);
  });
  return told;
}

const TWICE = 'warning Parley: The script tag is on this page twice. Only the first counts.';

const otherServer = () => tag().replace('127.0.0.1', 'localhost');
const otherDepartment = () => tag().replace('sales', 'support');

test.each([
  ['the tag twice', () => ({ head: tag(), body: tag() })],
  ['the tag three times', () => ({ head: tag() + tag(), body: tag() })],
  ['tags of two departments', () => ({ head: tag(), body: otherDepartment() })],
  ['tags of two servers', () => ({ head: tag(), body: otherServer() })],
])('[WG36] %s: there is one widget, and the console says so once', async (_kind, host) => {
  const tab = await page();
  const told = warnings(tab);
  const visitor = await visit(host(), tab);
  await visitor.say('Is the fern in stock?');
  await visitor.isDelivered();
  expect(await tab.locator('parley-widget').count()).toBe(1);
  expect(told).toEqual([TWICE]);
});

test('[WG36] a page that swaps its content, the tag included, is told nothing', async () => {
  const tab = await page();
  const told = warnings(tab);
  const html = `<!doctype html><title>Shop</title><body>${tag()}</body>`;
  const visitor = await Visitor.at(tab, site().url, site().add({ html }));
  for (let swaps = 0; swaps < 2; swaps++) {
    await tab.evaluate((src) => {
      const script = Object.assign(document.createElement('script'), { src });
      const isRun = new Promise((done) => (script.onload = done));
      const body = document.createElement('body');
      body.append(script);
      document.body = body;
      return isRun;
    }, `${parley().url}/widget.js`);
  }
  expect(told).toEqual([]);
  await visitor.say('Is the fern in stock?');
  await visitor.isDelivered();
});

test('[WG36] a page that has something of our name keeps it, and has the widget', async () => {
  const visitor = await visit({ body: '<p id="Parley">Parley with us</p>' });
  await visitor.say('Is the fern in stock?');
  await visitor.isDelivered();
});

test('[WG36] the widget follows a modal dialog of the page, and is there after it', async () => {
  const visitor = await visit({ body: '<dialog id="dialog"><p>News</p></dialog>' });
  await visitor.say('Is the fern in stock?');
  await visitor.isDelivered();
  const dialog = visitor.page.locator('dialog');
  await dialog.evaluate((one: HTMLDialogElement) => one.showModal());
  await visitor.page.locator('dialog > parley-widget').waitFor({ state: 'attached' });
  await visitor.say('And the ivy?');
  await visitor.isDelivered();
  await dialog.evaluate((one) => one.remove());
  await visitor.page.locator('body > parley-widget').waitFor({ state: 'attached' });
  await eventually(() => visitor.said(), ['Is the fern in stock?', 'And the ivy?']);
});

test('[WG36] a page that takes away every frame goes on, and its visitor reads that there is no chat', async () => {
  const tab = await page();
  const html = `<!doctype html><title>Shop</title>${tag()}<h1>Shop</h1><script>
    new MutationObserver(() => document.querySelector('iframe')?.remove())
      .observe(document.documentElement, { childList: true });
  </script>`;
  await tab.goto(site().url + site().add({ html }));
  await new Visitor(tab).launcher.click();
  await tab.getByText('The chat could not be loaded').waitFor();
});

test('[WG37] what a visitor types reaches none of the page’s shortcuts', async () => {
  const visitor = await visit({
    body: `<input id="search"><script>
      for (const type of ['keydown', 'keypress', 'keyup', 'input', 'paste', 'focusin'])
        document.addEventListener(type, (event) => {
          if (event.target === document.getElementById('search')) return;
          event.preventDefault();
          document.getElementById('search').focus();
        });
    </script>`,
  });
  await visitor.composer.pressSequentially('s/ferns?');
  await visitor.composer.press('Enter');
  await visitor.isDelivered();
  expect(await visitor.said()).toEqual(['s/ferns?']);
  expect(await visitor.page.locator('#search').inputValue()).toBe('');
});

test('[WG38] with forced colours the launcher, the panel and the messages have an edge', async () => {
  const tab = await page({ forcedColors: 'active' });
  const visitor = await visit({}, tab);
  await visitor.say('Is the fern in stock?');
  await visitor.isDelivered();
  const edges = await tab.locator('parley-widget').evaluate((element) =>
    ['.launcher', '.card', '.message', 'form button'].map((one) => {
      const part = element.shadowRoot?.querySelector(one);
      if (!part) throw new Error(`${one} is missing`);
      const { borderStyle, borderWidth, outlineStyle, outlineWidth } = getComputedStyle(part);
      return [
        borderStyle !== 'none' && borderWidth !== '0px',
        outlineStyle !== 'none' && outlineWidth !== '0px',
      ];
    }),
  );
  for (const edge of edges) expect(edge).toContain(true);
});

test('[WG39] the field grows with its text, up to a point', async () => {
  const visitor = await visit({});
  const height = async () => (await visitor.composer.boundingBox())?.height ?? 0;
  const one = await height();
  await visitor.composer.fill('one\ntwo\nthree');
  await eventually(async () => (await height()) > 2 * one, true);
  await visitor.composer.fill('line\n'.repeat(80));
  await eventually(async () => (await height()) < 150, true);
  await visitor.composer.fill('');
  await eventually(height, one);
});
