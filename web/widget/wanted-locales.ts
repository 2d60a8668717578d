/** The languages that the widget should speak, best first: the page's, then those of the visitor's browser. */
export const wantedLocales = (): string[] => [
  document.documentElement.lang,
  ...navigator.languages,
];
