// Stands in for Paraglide in the panel's build: the loader has chosen the language and fetched its sentences.

import { said, type Blanks } from '#messages/sentence.ts';
import type { Catalogue } from '../catalogue.ts';

let locale = 'en';
let sentences: Catalogue = [];

export const getLocale = (): string => locale;

export function setLanguage(its: string, catalogue: Catalogue): void {
  locale = its;
  sentences = catalogue;
}

/** A sentence of the catalogue. @param place in it */
export const sentence =
  (place: number) =>
  (blanks: Blanks = {}): string =>
    said(sentences[place] ?? '', blanks, locale);
