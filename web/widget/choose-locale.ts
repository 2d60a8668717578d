// In which language the widget speaks: the page's, else one that the visitor's browser asks for.

/** The first wanted language that there is; `pt-BR` is content with `pt`. The first there is, else. */
export function chooseLocale<L extends string>(
  available: readonly [L, ...L[]],
  wanted: readonly string[],
): L {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0];
    const found = available.find((locale) => locale === language);
    if (found) return found;
  }
  return available[0];
}

export const wantedLocales = (): string[] => [
  document.documentElement.lang,
  ...navigator.languages,
];
