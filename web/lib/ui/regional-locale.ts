// The region that a browser prefers, for dates and numbers in the language of the page.

/** `en-GB` for `en` if that is what is accepted first in that language; else the language itself. */
export function regionalLocale(acceptLanguage: string | null, language: string): string {
  const wanted = (acceptLanguage ?? '').split(',').map((part) => part.split(';')[0]?.trim() ?? '');
  const found = wanted.find((tag) => tag.toLowerCase().split('-')[0] === language);
  try {
    return Intl.getCanonicalLocales(found ?? language)[0] ?? language;
  } catch {
    return language;
  }
}
