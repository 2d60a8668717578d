// A plugin of Vite's: browsers get the sentences of one language, and not Paraglide's code with all of them.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { cookieName, locales } from '../messages/compiled/runtime.js';
import { sentenceOf } from '../messages/sentence.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const browserMessages = JSON.stringify(here('lib/language/browser-messages.ts'));

/** The widget has sentences of its own, and files for them. */
const isOurs = (name: string): boolean => name !== '$schema' && !name.startsWith('widget_');

/** As the object `m`, and each by its name, for those who take them one by one. */
function messagesModule(): string {
  const messages = JSON.parse(readFileSync(here('../messages/en.json'), 'utf8')) as object; // Paraglide checks it.
  const each = Object.keys(messages)
    .filter(isOurs)
    .map((name) => `export const ${name} = /* @__PURE__ */ say("${name}");`);
  return [
    `import { say } from ${browserMessages};`,
    `export { m } from ${browserMessages};`,
    ...each,
  ].join('\n');
}

/** What the workspace asks of Paraglide besides sentences. */
const runtimeModule = (): string =>
  [
    `export { getLocale } from ${browserMessages};`,
    `export const locales = ${JSON.stringify(locales)};`,
    `export const cookieName = ${JSON.stringify(cookieName)};`,
  ].join('\n');

export const oneLanguage: Plugin = {
  name: 'one-language',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'client',
  load: {
    filter: { id: /\/messages\/compiled\/(messages|runtime)\.js$/ },
    handler: (id) => (id.endsWith('/runtime.js') ? runtimeModule() : messagesModule()),
  },
  transform: {
    filter: { id: /\/messages\/[\w-]+\.json$/ },
    handler: (json) => {
      const messages = Object.entries(JSON.parse(json) as Record<string, unknown>); // Paraglide checks it.
      const ours = messages.filter(([name]) => isOurs(name));
      return JSON.stringify(
        Object.fromEntries(ours.map(([name, message]) => [name, sentenceOf(name, message)])),
      );
    },
  },
};
