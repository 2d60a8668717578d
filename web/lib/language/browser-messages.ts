// Stands in for Paraglide in the workspace's build for browsers: of all languages a page loads the one that it was
// rendered in.

import { said, type Blanks, type Sentence } from '#messages/sentence.ts';

type Catalogue = Readonly<Record<string, Sentence>>;

const catalogues = import.meta.glob<Catalogue>('../../../messages/*.json', { import: 'default' });
let sentences: Catalogue = {};

export const getLocale = (): string => document.documentElement.lang;

/** To be awaited before anything is shown. */
export async function loadSentences(): Promise<void> {
  const load = catalogues[`../../../messages/${getLocale()}.json`];
  if (!load) throw new Error(`There are no sentences in ${getLocale()}.`);
  sentences = await load();
}

type Say = (blanks?: Blanks) => string;

/** A sentence by its name. */
export const say =
  (name: string): Say =>
  (blanks = {}) =>
    said(sentences[name] ?? name, blanks, getLocale());

export const m: Readonly<Record<string, Say>> = new Proxy<Record<string, Say>>(
  {},
  { get: (_, name) => say(String(name)) },
);
