// The widget's sentences of one language, as a file of their own: a visitor loads the one language they read.

/** A sentence, or one for each plural category of what fills a blank. `{name}` is a blank. */
export type Text =
  string | readonly [blank: string, forms: Partial<Record<Intl.LDMLPluralRule, string>>];

/** By the order of the sentences' names. */
export type Catalogue = readonly Text[];

const PREFIX = 'widget_';

/** The names of the widget's sentences; a name's place is its sentence's in every language. */
export const sentenceNames = (messages: object): string[] =>
  Object.keys(messages)
    .filter((name) => name.startsWith(PREFIX))
    .sort();

export function catalogueOf(
  names: readonly string[],
  messages: Record<string, unknown>,
): Catalogue {
  return names.map((name) => {
    try {
      return textOf(messages[name]);
    } catch (error) {
      throw new Error(`The widget can't say ${name}.`, { cause: error });
    }
  });
}

/** What the catalogue's own format says in full: a text, or plural forms that depend on one number. */
function textOf(message: unknown): Text {
  if (typeof message === 'string') return message;
  if (!Array.isArray(message) || message.length !== 1) throw new Error('One message is wanted.');
  // Paraglide, which compiles the same file, checks its shape.
  const { declarations, match } = message[0] as {
    declarations: string[];
    match: Record<string, string>;
  };
  const plural = declarations.map((one) => /^local (\w+) = (\w+): plural$/.exec(one)).find(Boolean);
  if (!plural) throw new Error('Only plurals are known.');
  const [, variable = '', blank = ''] = plural;
  const forms = Object.entries(match).map(([condition, text]) => {
    const [name, category] = condition.split('=');
    if (name !== variable || !category) throw new Error(`${condition} is not a plural category.`);
    return [category, text] as const;
  });
  return [blank, Object.fromEntries(forms)];
}
