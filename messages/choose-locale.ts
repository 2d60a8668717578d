/** The first wanted language that is available; `pt-BR` accepts `pt`. Otherwise the first available one. */
export function chooseLocale<L extends string>(
  available: readonly [L, ...L[]],
  wanted: readonly string[],
): L {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0];
    const found = available.find((locale) => locale.split('-')[0] === language);
    if (found) return found;
  }
  return available[0];
}
