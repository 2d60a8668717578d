// The widget's sentences of one language, as a file of their own: a visitor loads the one language they read.

import { sentenceOf, type Sentence } from '#messages/sentence.ts';

/** By the order of the sentences' names. */
export type Catalogue = readonly Sentence[];

const PREFIX = 'widget_';

/** The names of the widget's sentences; a name's place is its sentence's in every language. */
export const sentenceNames = (messages: object): string[] =>
  Object.keys(messages)
    .filter((name) => name.startsWith(PREFIX))
    .sort();

export const catalogueOf = (
  names: readonly string[],
  messages: Record<string, unknown>,
): Catalogue => names.map((name) => sentenceOf(name, messages[name]));
