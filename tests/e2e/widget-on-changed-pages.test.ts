// The widget on pages whose scripts have changed the language's built-ins, or taken their names for something else: a
// whole conversation on each.

import { expect, test } from 'vitest';
import { useAgent } from '../support/answering.ts';
import { useHostSite } from '../support/host-site.ts';
import { useParley } from '../support/own-parley.ts';
import { eventually, useBrowser, Visitor } from '../support/people.ts';

const { page } = useBrowser();
const parley = useParley({ widget: { allowed_origins: ['*'] } });
const site = useHostSite();
const mara = useAgent('mara', () => parley().url);

const SCRIPTS: Record<string, string> = {
  'Array.from of Prototype.js': `
    Array.from = (one) => {
      if (!one) return [];
      if ('toArray' in Object(one)) return one.toArray();
      return Array.prototype.slice.call(one);
    };`,
  'Array.from of MooTools, which maps nothing': `
    const from = Array.from;
    Array.from = (one) => from(one);`,
  'enumerable properties of every object': `
    Object.prototype.extend = function () {};
    Array.prototype.each = function () {};`,
  'toJSON of Prototype.js': `
    Array.prototype.toJSON = function () { return '[' + this.join(', ') + ']'; };
    Object.prototype.toJSON = function () { return 'an object'; };`,
  'bind with its arguments in an array': `
    Function.prototype.bind = function (self, args) {
      return () => this.apply(self, args);
    };`,
  'methods of arrays': `
    Array.prototype.reduce = function () { return this.length > 1 ? this : this[0]; };
    Array.prototype.entries = function () { return this.slice(); };
    Array.prototype.map = Array.prototype.filter = function () { return this; };
    Array.prototype.find = Array.prototype.findLast = Array.prototype.at = function () {};
    Array.prototype.includes = Array.prototype.some = () => false;`,
  'methods of texts': `
    String.prototype.replace = String.prototype.trim = String.prototype.padStart = () => '';
    String.prototype.startsWith = String.prototype.endsWith = () => true;`,
  'a Promise that is none': `
    window.Promise = function () { this.then = this.catch = this.finally = () => this; };
    Promise.prototype.then = () => {};`,
  'names of built-ins for something else': `
    window.Map = window.Set = window.WeakMap = window.Symbol = function () {};
    window.URL = '/shop';
    window.Event = window.Node = window.Comment = window.Intl = {};`,
  'JSON and the time': `
    JSON.parse = JSON.stringify = () => '';
    window.Date = function () {};
    window.setTimeout = window.setInterval = window.queueMicrotask = () => 0;`,
  'what reaches the network and the storage': `
    window.fetch = () => new Promise(() => {});
    window.WebSocket = window.indexedDB = undefined;
    Object.defineProperty(window, 'crypto', { value: {} });`,
  'a console that tells nothing': `window.console = {};`,
};

test.each(Object.entries(SCRIPTS))('[WG41] %s: the panel is as it should be', async (_, script) => {
  const path = site().add({
    html: `<!doctype html><html lang="en"><head><title>Shop</title><script>{${script}}</script>
      <script async src="${parley().url}/widget.js" data-department="sales"></script></head>
      <body><h1>Shop</h1></body></html>`,
  });
  const visitor = await Visitor.at(await page(), site().url, path);
  await visitor.say('Is the fern in stock?');
  const agent = await mara.take(visitor);
  await agent.say('It is.');
  await visitor.thread.getByText('It is.').waitFor();
  await visitor.say('Then I take two.');
  await visitor.isDelivered();
  await eventually(
    async () => agent.said(),
    ['Is the fern in stock?', 'It is.', 'Then I take two.'],
  );
  await agent.end();
  await visitor.panel.getByText('Mara Lindqvist ended the conversation').waitFor();
  await visitor.panel.getByRole('button', { name: 'Close' }).click();
  expect(await visitor.panel.count()).toBe(0);
});
