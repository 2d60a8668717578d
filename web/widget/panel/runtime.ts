// Stands in for Paraglide in the panel's build: the loader has chosen the language and fetched its sentences.

import type { Catalogue } from '../catalogue.ts';

let locale = 'en';
let texts: Catalogue = [];

export const getLocale = (): string => locale;

export function setLanguage(its: string, catalogue: Catalogue): void {
  locale = its;
  texts = catalogue;
}

/** A sentence of the catalogue. @param place in it */
export const sentence =
  (place: number) =>
  (blanks: Record<string, unknown> = {}): string => {
    const text = texts[place] ?? '';
    return (typeof text === 'string' ? text : inPlural(text, blanks)).replace(
      /{(\w+)}/g,
      (_, name: string) => String(blanks[name]),
    );
  };

function inPlural(
  [blank, forms]: Exclude<Catalogue[number], string>,
  blanks: Record<string, unknown>,
): string {
  const category = new Intl.PluralRules(locale).select(Number(blanks[blank]));
  return forms[category] ?? forms.other ?? '';
}
