// A sentence of a catalogue as browsers read it: without Paraglide's code, so that a page loads one language alone.

/** A sentence, or one for each plural category of what fills a blank. `{name}` is a blank. */
export type Sentence =
  string | readonly [blank: string, forms: Partial<Record<Intl.LDMLPluralRule, string>>];

/** What fills the blanks, by their names. */
export type Blanks = Readonly<Record<string, unknown>>;

/** What the catalogue's own format says in full: a text, or plural forms that depend on one number. */
export function sentenceOf(name: string, message: unknown): Sentence {
  if (typeof message === 'string') return message;
  if (!Array.isArray(message) || message.length !== 1) throw new Error(`${name} is no message.`);
  // Paraglide, which compiles the same file, checks its shape.
  const { declarations, match } = message[0] as {
    declarations: string[];
    match: Record<string, string>;
  };
  const plural = declarations.map((one) => /^local (\w+) = (\w+): plural$/.exec(one)).find(Boolean);
  if (!plural) throw new Error(`${name}: only plurals are known.`);
  const [, variable = '', blank = ''] = plural;
  const forms = Object.entries(match).map(([condition, text]) => {
    const [selected, category] = condition.split('=');
    if (selected !== variable || !category)
      throw new Error(`${name}: ${condition} is not a plural category.`);
    return [category, text] as const;
  });
  return [blank, Object.fromEntries(forms)];
}

/** The sentence with its blanks filled. */
export function said(sentence: Sentence, blanks: Blanks, locale: string): string {
  const text = typeof sentence === 'string' ? sentence : inPlural(sentence, blanks, locale);
  return text.replace(/{(\w+)}/g, (_, name: string) => String(blanks[name]));
}

function inPlural(
  [blank, forms]: Exclude<Sentence, string>,
  blanks: Blanks,
  locale: string,
): string {
  const category = new Intl.PluralRules(locale).select(Number(blanks[blank]));
  return forms[category] ?? forms.other ?? '';
}
